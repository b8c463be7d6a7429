//! The forms of English verbs.

use crate::text::Map;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What form of a verb a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "sang": a past that is no participle.
    Past,
    /// "sung": a participle that is no past.
    Participle,
    /// "signed", "held": a past or a participle.
    Either,
    /// "signing".
    Gerund,
}

/// Verbs whose past is not made with -ed: base, past, participle. The verbs of English that have one, but for the rarest.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("arise", "arose", "arisen"),
    ("awake", "awoke", "awoken"),
    ("bear", "bore", "born"),
    ("bear", "bore", "borne"),
    ("beat", "beat", "beaten"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bend", "bent", "bent"),
    ("bind", "bound", "bound"),
    ("bite", "bit", "bitten"),
    ("blow", "blew", "blown"),
    ("break", "broke", "broken"),
    ("breed", "bred", "bred"),
    ("bring", "brought", "brought"),
    ("build", "built", "built"),
    ("burn", "burnt", "burnt"),
    ("buy", "bought", "bought"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("cling", "clung", "clung"),
    ("come", "came", "come"),
    ("creep", "crept", "crept"),
    ("deal", "dealt", "dealt"),
    ("die", "died", "died"),
    ("dig", "dug", "dug"),
    ("draw", "drew", "drawn"),
    ("drink", "drank", "drunk"),
    ("drive", "drove", "driven"),
    ("dwell", "dwelt", "dwelt"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feed", "fed", "fed"),
    ("feel", "felt", "felt"),
    ("fight", "fought", "fought"),
    ("find", "found", "found"),
    ("flee", "fled", "fled"),
    ("fling", "flung", "flung"),
    ("fly", "flew", "flown"),
    ("forbid", "forbade", "forbidden"),
    ("foresee", "foresaw", "foreseen"),
    ("forget", "forgot", "forgotten"),
    ("forsake", "forsook", "forsaken"),
    ("freeze", "froze", "frozen"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hang", "hung", "hung"),
    ("hear", "heard", "heard"),
    ("hide", "hid", "hidden"),
    ("hold", "held", "held"),
    ("keep", "kept", "kept"),
    ("kneel", "knelt", "knelt"),
    ("know", "knew", "known"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leap", "leapt", "leapt"),
    ("learn", "learnt", "learnt"),
    ("leave", "left", "left"),
    ("lend", "lent", "lent"),
    ("lie", "lay", "lain"),
    ("light", "lit", "lit"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("mistake", "mistook", "mistaken"),
    ("outlive", "outlived", "outlived"),
    ("overcome", "overcame", "overcome"),
    ("oversee", "oversaw", "overseen"),
    ("overtake", "overtook", "overtaken"),
    ("overthrow", "overthrew", "overthrown"),
    ("pay", "paid", "paid"),
    ("rebuild", "rebuilt", "rebuilt"),
    ("ride", "rode", "ridden"),
    ("ring", "rang", "rung"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("shake", "shook", "shaken"),
    ("shine", "shone", "shone"),
    ("shoot", "shot", "shot"),
    ("show", "showed", "shown"),
    ("shrink", "shrank", "shrunk"),
    ("sing", "sang", "sung"),
    ("sink", "sank", "sunk"),
    ("sit", "sat", "sat"),
    ("slay", "slew", "slain"),
    ("sleep", "slept", "slept"),
    ("slide", "slid", "slid"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("spin", "spun", "spun"),
    ("spring", "sprang", "sprung"),
    ("stand", "stood", "stood"),
    ("steal", "stole", "stolen"),
    ("stick", "stuck", "stuck"),
    ("strike", "struck", "stricken"),
    ("strike", "struck", "struck"),
    ("string", "strung", "strung"),
    ("strive", "strove", "striven"),
    ("swear", "swore", "sworn"),
    ("sweep", "swept", "swept"),
    ("swell", "swelled", "swollen"),
    ("swim", "swam", "swum"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tear", "tore", "torn"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("tie", "tied", "tied"),
    ("undergo", "underwent", "undergone"),
    ("understand", "understood", "understood"),
    ("undertake", "undertook", "undertaken"),
    ("uphold", "upheld", "upheld"),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("weave", "wove", "woven"),
    ("win", "won", "won"),
    ("wind", "wound", "wound"),
    ("withdraw", "withdrew", "withdrawn"),
    ("withhold", "withheld", "withheld"),
    ("withstand", "withstood", "withstood"),
    ("write", "wrote", "written"),
];

/// Verbs whose forms are all alike; only their words around tell the past.
const ALIKE: &[&str] = &[
    "broadcast",
    "burst",
    "cast",
    "cost",
    "cut",
    "hit",
    "hurt",
    "let",
    "put",
    "set",
    "shut",
    "split",
    "spread",
    "thrust",
];

/// Words that end like a past and are none.
const NO_PAST: &[&str] = &[
    "aged",
    "ahead",
    "bed",
    "bleed",
    "breed",
    "creed",
    "deed",
    "exceed",
    "feed",
    "greed",
    "heed",
    "hundred",
    "indeed",
    "instead",
    "kindred",
    "naked",
    "need",
    "proceed",
    "red",
    "reed",
    "related",
    "rugged",
    "sacred",
    "seed",
    "shed",
    "sled",
    "so-called",
    "speed",
    "steed",
    "succeed",
    "talented",
    "united",
    "unprecedented",
    "used",
    "weed",
    "wicked",
];

/// The base of a verb that a folded word may be a form of, and the form. Whether it is a verb at all its place must tell.
pub(super) fn verb(word: &str) -> Option<(Cow<'static, str>, Form)> {
    static LISTED: LazyLock<Map<&str, Option<(&str, Form)>>> = LazyLock::new(listed);
    match LISTED.get(word) {
        Some(listed) => return listed.map(|(base, form)| (Cow::Borrowed(base), form)),
        None if !word.is_ascii() => return None,
        None => {}
    }
    if let Some(stem) = word.strip_suffix("ed").filter(|stem| stem.len() >= 2) {
        return Some((Cow::Owned(base_of(stem)), Form::Either));
    }
    let stem = word.strip_suffix("ing").filter(|stem| stem.len() >= 3)?;
    Some((Cow::Owned(base_of(stem)), Form::Gerund))
}

/// The words whose form cannot be told from their ending, each with its verb; with nothing where it only looks like a form.
fn listed() -> Map<&'static str, Option<(&'static str, Form)>> {
    let mut listed: Map<&str, Option<(&str, Form)>> = NO_PAST.iter().map(|word| (*word, None)).collect();
    listed.extend(ALIKE.iter().map(|word| (*word, Some((*word, Form::Either)))));
    // "struck" is a past beside "stricken", and both of itself: what says more comes later.
    let past = IRREGULAR.iter().map(|&(base, past, _)| (past, Some((base, Form::Past))));
    let participle = IRREGULAR.iter().rev().map(|&(base, _, participle)| (participle, Some((base, Form::Participle))));
    let both = IRREGULAR.iter().rev().filter(|(_, past, participle)| past == participle);
    listed.extend(past.chain(participle));
    listed.extend(both.map(|&(base, past, _)| (past, Some((base, Form::Either)))));
    listed
}

/// Whether a base is that of a verb whose past is not made with -ed.
pub(super) fn is_irregular(base: &str) -> bool {
    IRREGULAR.iter().any(|(irregular, _, _)| *irregular == base)
}

/// The base behind a stem from which an ending with a vowel is taken: "open", "clos" → "close", "scrapp" → "scrap".
///
/// Whether an "e" is lost cannot be told from the letters alone, so that bases are compared by [`same_base`].
fn base_of(stem: &str) -> String {
    let bytes = stem.as_bytes();
    let last = bytes[bytes.len() - 1];
    let doubled =
        bytes.len() > 2 && bytes[bytes.len() - 2] == last && !matches!(last, b's' | b'l' | b'f' | b'z' | b'e' | b'o');
    if doubled {
        stem[..stem.len() - 1].to_owned()
    } else if let Some(head) = stem.strip_suffix('i') {
        format!("{head}y")
    } else {
        stem.to_owned()
    }
}

/// Whether a base as [`verb`] gives it is that verb: "clos" is "close", "cancell" is "cancel".
pub(super) fn same_base(found: &str, verb: &str) -> bool {
    found == verb
        || verb.strip_suffix('e') == Some(found)
        || found.len() == verb.len() + 1
            && found.starts_with(verb)
            && found.as_bytes()[found.len() - 2] == found.as_bytes()[found.len() - 1]
}

/// The base of a present form: "meets" → "meet", "closes" → "close", "carries" → "carry".
pub(super) fn present_base(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with('s'))?;
    Some(match stem.strip_suffix("ie") {
        Some(head) => format!("{head}y"),
        None => match stem.strip_suffix('e') {
            Some(head)
                if head.ends_with("sh") || head.ends_with("ch") || head.ends_with('x') || head.ends_with("ss") =>
            {
                head.to_owned()
            }
            _ => stem.to_owned(),
        },
    })
}

/// The number that a folded word says: "thirty-seven", "12", up to a few thousand.
pub(super) fn number(word: &str) -> Option<u32> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    static SIMPLE: LazyLock<Map<&str, u32>> = LazyLock::new(|| {
        let ones = ONES.iter().zip(0..);
        let tens = TENS.iter().zip((20..).step_by(10));
        ones.chain(tens).map(|(name, number)| (*name, number)).collect()
    });
    if word.as_bytes().first()?.is_ascii_digit() {
        return word.parse().ok().filter(|number| *number < 10_000);
    }
    if let Some(&number) = SIMPLE.get(word) {
        return Some(number);
    }
    let (tens, ones) = word.split_once(['-', ' '])?;
    let tens = SIMPLE.get(tens).filter(|tens| **tens >= 20)?;
    SIMPLE.get(ones).filter(|ones| (1..10).contains(*ones)).map(|ones| tens + ones)
}

/// The number that a folded ordinal says: "fiftieth", "twenty-first", "25th".
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const ODD: [(&str, u32); 8] = [
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fifth", 5),
        ("eighth", 8),
        ("ninth", 9),
        ("twelfth", 12),
        ("hundredth", 100),
    ];
    if !word.ends_with(['t', 'd', 'h']) {
        return None;
    }
    if word.as_bytes().first()?.is_ascii_digit() {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        return matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten();
    }
    if let Some((_, number)) = ODD.iter().find(|(name, _)| *name == word) {
        return Some(*number);
    }
    if let Some(hundreds) = word.strip_suffix("-hundredth") {
        return number(hundreds).filter(|hundreds| (1..20).contains(hundreds)).map(|hundreds| hundreds * 100);
    }
    if let Some((tens, ones)) = word.split_once(['-', ' ']) {
        return Some(number(tens)? + ordinal(ones).filter(|ones| (1..10).contains(ones))?);
    }
    let stem = word.strip_suffix("th")?;
    number(stem).or_else(|| number(&format!("{}y", stem.strip_suffix("ie")?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_base() {
        for (form, base) in [
            ("closed", "close"),
            ("opened", "open"),
            ("scrapped", "scrap"),
            ("carried", "carry"),
            ("built", "build"),
            ("cancelled", "cancel"),
            ("sank", "sink"),
            ("born", "bear"),
            ("crossed", "cross"),
            ("opening", "open"),
        ] {
            let (found, _) = verb(form).unwrap();
            assert!(same_base(&found, base), "{form}: {found}, not {base}");
        }
        assert_eq!(verb("hundred").map(|(base, _)| base.into_owned()), None);
        assert_eq!(present_base("closes").as_deref(), Some("close"));
        assert_eq!(present_base("reaches").as_deref(), Some("reach"));
    }

    #[test]
    fn numbers_and_ordinals() {
        assert_eq!(number("thirty-seven"), Some(37));
        assert_eq!(number("69"), Some(69));
        assert_eq!(number("ten-pin"), None);
        for (word, value) in [
            ("fiftieth", 50),
            ("twenty-first", 21),
            ("25th", 25),
            ("tenth", 10),
            ("fortieth", 40),
            ("hundredth", 100),
            ("six-hundredth", 600),
        ] {
            assert_eq!(ordinal(word), Some(value), "{word}");
        }
        assert_eq!(ordinal("month"), None);
    }
}
