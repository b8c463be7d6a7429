//! Flags a colon that announces what somebody said or wrote, where the quotation itself is gone.
//!
//! Extraction drops block quotations. A heading or the end of the article behind "he said:" shows it, empty quotation marks
//! do, and so does a next paragraph that cannot be the quotation: it names the speaker, carries on the story ("He then
//! left"), or tells of years to come. A list, a quotation, or a paragraph that may be the quotation without its marks is left alone.
//!
//! ## Example
//! ```text fails
//! = Ada Lind =
//!
//! Of the mill, Lind wrote:
//!
//! ==Later life==
//! She sold it in 1904.
//! ```
//! The quotation is there:
//! ```text passes
//! = Ada Lind =
//!
//! Of the mill, Lind wrote:
//!
//! "It has a temper."
//!
//! ==Later life==
//! She sold it in 1904.
//! ```

use crate::article::{Article, Block, BlockKind, Layout};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{
    Word, citation_end, fold, is_capitalised, is_function_word, is_quotation_mark, tail, without_possessive, words,
};
use crate::time::{Anchor, MONTHS, TimeKind};
use std::borrow::Cow;

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

/// Verbs of communication that a quotation follows (Levin's classes "say", "tell" and "talk"), and of writing.
const VERBS: &[&str] = &[
    "add",
    "announce",
    "answer",
    "argue",
    "ask",
    "assert",
    "boast",
    "cable",
    "claim",
    "comment",
    "complain",
    "conclude",
    "confess",
    "confide",
    "cry",
    "declare",
    "engrave",
    "exclaim",
    "explain",
    "inscribe",
    "insist",
    "joke",
    "lament",
    "maintain",
    "note",
    "object",
    "observe",
    "plead",
    "predict",
    "proclaim",
    "promise",
    "protest",
    "quip",
    "quote",
    "radio",
    "read",
    "recall",
    "recite",
    "recollect",
    "remark",
    "remember",
    "reminisce",
    "repeat",
    "reply",
    "report",
    "respond",
    "retort",
    "say",
    "shout",
    "signal",
    "sing",
    "state",
    "swear",
    "telegraph",
    "tell",
    "testify",
    "thunder",
    "urge",
    "vow",
    "warn",
    "whisper",
    "write",
];

/// Their forms that no ending makes.
const IRREGULAR: &[&str] = &[
    "cried",
    "cries",
    "read",
    "replied",
    "replies",
    "said",
    "sang",
    "swore",
    "told",
    "testified",
    "testifies",
    "wrote",
    "written",
    "sung",
];

/// What somebody says or writes.
const NOUNS: &[&str] = &[
    "answer",
    "comment",
    "declaration",
    "dispatch",
    "entry",
    "epigram",
    "epitaph",
    "inscription",
    "letter",
    "message",
    "motto",
    "note",
    "oath",
    "order",
    "passage",
    "prayer",
    "reaction",
    "remark",
    "reply",
    "response",
    "sentence",
    "speech",
    "statement",
    "telegram",
    "text",
    "toast",
    "verdict",
    "verse",
    "words",
];

/// Between the verb and the colon there are no more words than these: "said as the war was ending:".
const FARTHEST: usize = 9;

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let blocks = &article.blocks;
    for (number, block) in blocks.iter().enumerate() {
        if block.kind == BlockKind::Raw {
            continue;
        }
        for &sentence in article.sentences_of(block) {
            inside(article, account, sentence, findings);
        }
        let Some(&last) = article.sentences_of(block).last() else { continue };
        let Some(colon) = final_colon(article.text(last)) else { continue };
        let Some(announced) = announcement(&article.text(last)[..colon]) else { continue };
        let next = blocks.get(number + 1).filter(|next| next.section == block.section);
        let Some(why) = why_lost(article, account, block, last, &announced, next) else { continue };
        report(article, last, announced.from, colon, &why, next, findings);
    }
}

fn report(
    article: &Article<'_>,
    sentence: Span,
    from: usize,
    colon: usize,
    why: &str,
    next: Option<&Block>,
    findings: &mut Findings,
) {
    let start = sentence.start as usize;
    let span = Span::new(sentence.source, start + from, start + colon + 1);
    let words = article.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut finding = Diagnostic::new(span, format!("“{words}” announces a quotation, and {why}"))
        .label("the quotation is gone")
        .help("restore the quotation, or end the sentence another way");
    if let Some(first) = next.and_then(|next| article.sentences_of(next).first()) {
        finding = finding.related(*first, "this goes on with something else");
    }
    findings.push(finding);
}

/// Where the last colon of a sentence stands, if nothing but citation markers is behind it.
fn final_colon(sentence: &str) -> Option<usize> {
    let mut rest = sentence.trim_end();
    while rest.ends_with(']')
        && let Some(open) = rest.rfind('[')
        && citation_end(rest.as_bytes(), open) == Some(rest.len())
    {
        rest = rest[..open].trim_end();
    }
    rest.strip_suffix(':').map(str::len)
}

/// Words that announce a quotation.
#[derive(Debug)]
struct Announcement<'a> {
    /// Where they begin in the sentence.
    from: usize,
    /// Who speaks: the names before the verb.
    speakers: Vec<&'a str>,
    /// Whether a pronoun speaks, so that the name stands elsewhere.
    pronoun: bool,
    /// Whether it was said in the past, by somebody of that time.
    past: bool,
    /// The pronoun for whose words they are: of "her verdict" that is "she".
    owner: Option<&'static str>,
}

/// Reads the announcement at the end of a sentence, up to its colon.
fn announcement(text: &str) -> Option<Announcement<'_>> {
    // "three reasons:", "the following:" announce a list.
    const LISTS: &[&str] = &["following", "include", "included", "includes", "including", "these"];
    let all: Vec<Word<'_>> = words(text).collect();
    let mut near = &all[all.len().saturating_sub(FARTHEST)..];
    let mut folded: Vec<_> = near.iter().map(|word| fold(word.text)).collect();
    let last = folded.last()?;
    let list = folded[folded.len().saturating_sub(3)..].iter().any(|word| LISTS.contains(&word.as_ref()));
    if list && !matches!(last.as_ref(), "words" | "statement") {
        return None;
    }
    let (at, noun) = match saying(&folded) {
        Some(at) if announces_a_list(&folded[at..]) => return None,
        Some(at) if !is_noun_here(&folded, at) => (at, false),
        _ => {
            if let Some(at) = said_thing(&folded) {
                (at, true)
            } else {
                // "Her verdict on the hanging, in a postcard to Else, was short:": a noun may stand further away than a verb.
                near = &all[all.len().saturating_sub(FARTHEST + FARTHEST / 2)..];
                folded = near.iter().map(|word| fold(word.text)).collect();
                (said_thing(&folded)?, true)
            }
        }
    };
    let number = all.len() - near.len() + at;
    let before = &all[..number];
    let subject = before.iter().rev().take(3).find(|word| !fold(word.text).ends_with("ly"));
    let pronoun = subject.is_some_and(|word| matches!(fold(word.text).as_ref(), "he" | "she" | "they" | "and"));
    // "Her verdict": whose it is, the next paragraph may go on to tell.
    let owner = subject.filter(|_| noun).and_then(|word| match fold(word.text).as_ref() {
        "his" => Some("he"),
        "her" => Some("she"),
        _ => None,
    });
    let past = !noun && near[at].text.ends_with('d')
        || matches!(folded[at].as_ref(), "wrote" | "told" | "said" | "sang" | "swore");
    // From the subject on, as far as it stands near.
    let begin = number.saturating_sub(if noun { 2 } else { 1 });
    Some(Announcement { from: all[begin].start, speakers: speakers(before), pronoun, past, owner })
}

/// The verb of saying among the last words before a colon: "wrote", "runs as follows", "described him in the following words".
fn saying(folded: &[Cow<'_, str>]) -> Option<usize> {
    const MANNERS: &[&[&str]] = &[
        &["as", "follows"],
        &["in", "the", "following", "words"],
        &["in", "these", "words"],
        &["this", "way"],
        &["with", "the", "words"],
    ];
    const TELLS: &[&str] = &[
        "began",
        "begins",
        "closed",
        "closes",
        "described",
        "describes",
        "ended",
        "ends",
        "goes",
        "opened",
        "opens",
        "praised",
        "put",
        "puts",
        "ran",
        "run",
        "runs",
        "summed",
        "went",
    ];
    folded.iter().rposition(|word| is_verb(word)).or_else(|| {
        let manner = MANNERS.iter().find(|manner| {
            folded.len() > manner.len()
                && folded.iter().rev().zip(manner.iter().rev()).all(|(word, other)| word == other)
        })?;
        folded[..folded.len() - manner.len()].iter().rposition(|word| TELLS.binary_search(&word.as_ref()).is_ok())
    })
}

/// Whether the words from a verb on say what is said, so that only a list can follow: "said that there were two", "noted
/// several faults".
fn announces_a_list(folded: &[Cow<'_, str>]) -> bool {
    const WORDS: &[&str] = &[
        "are", "five", "four", "many", "several", "six", "some", "that", "three", "two", "various", "were", "whether",
    ];
    folded.iter().any(|word| WORDS.binary_search(&word.as_ref()).is_ok())
}

/// What is said or sent: "a message to him", "his last words were", "the inscription".
fn said_thing(folded: &[Cow<'_, str>]) -> Option<usize> {
    const SENT: &[&str] = &[
        "bears",
        "bore",
        "carried",
        "carries",
        "gave",
        "issued",
        "left",
        "made",
        "posted",
        "published",
        "released",
        "sends",
        "sent",
        "with",
    ];
    const PREPOSITIONS: &[&str] = &["by", "for", "from", "in", "of", "on", "to"];
    let noun = folded.iter().rposition(|word| NOUNS.binary_search(&word.as_ref()).is_ok())?;
    let behind = &folded[noun + 1..];
    let is_copula =
        |word: Option<&Cow<'_, str>>| matches!(word.map(AsRef::as_ref), Some("was" | "is" | "were" | "read" | "reads"));
    // "was:", "was short:"
    let copula = is_copula(behind.last())
        || behind.len() >= 2 && is_copula(behind.get(behind.len() - 2)) && !is_function_word(&behind[behind.len() - 1]);
    let addressed = behind.first().is_some_and(|word| PREPOSITIONS.contains(&word.as_ref())) && behind.len() <= 5;
    let sent = folded[..noun].iter().any(|word| SENT.binary_search(&word.as_ref()).is_ok());
    (copula || sent && (addressed || behind.is_empty())).then_some(noun)
}

/// The names before a verb of saying. Those behind a preposition are those of others: "in a message to Castro".
fn speakers<'a>(before: &[Word<'a>]) -> Vec<&'a str> {
    const OTHERS: &[&str] = &["at", "by", "for", "from", "in", "of", "on", "the", "to", "with"];
    let pairs = before.windows(2).rev().take(10).map(|pair| (pair[0].text, pair[1].text));
    pairs
        .chain(before.first().map(|first| ("", first.text)))
        .filter(|(earlier, name)| {
            let other = OTHERS.contains(&fold(earlier).as_ref());
            is_capitalised(name) && name.len() > 2 && !is_function_word(&fold(name)) && !other && !MONTHS.contains(name)
        })
        .map(|(_, name)| name)
        .collect()
}

fn is_verb(folded: &str) -> bool {
    if IRREGULAR.contains(&folded) || VERBS.binary_search(&folded).is_ok() {
        return true;
    }
    let stem = |end: &str| folded.strip_suffix(end).is_some_and(|stem| VERBS.binary_search(&stem).is_ok());
    let doubled = || {
        folded.strip_suffix("ed").is_some_and(|stem| {
            // "quipped", "signalled"
            stem.len() > 2
                && stem.is_char_boundary(stem.len() - 1)
                && VERBS.binary_search(&&stem[..stem.len() - 1]).is_ok()
        })
    };
    stem("s") || stem("ed") || stem("d") || stem("ing") || folded == "writing" || doubled()
}

/// Whether a word that may be a verb is a noun: "the report:", "a note to the reader:", "his answer:".
fn is_noun_here(folded: &[Cow<'_, str>], at: usize) -> bool {
    let noun_too = matches!(
        folded[at].as_ref(),
        "answer"
            | "claim"
            | "claims"
            | "comment"
            | "comments"
            | "cry"
            | "note"
            | "notes"
            | "object"
            | "objects"
            | "promise"
            | "quote"
            | "quotes"
            | "radio"
            | "remark"
            | "remarks"
            | "reply"
            | "report"
            | "reports"
            | "response"
            | "signal"
            | "signals"
            | "state"
            | "states"
            | "stated"
            | "written"
            | "urge"
            | "say"
            | "read"
            | "writing"
            | "answers"
            | "replies"
            | "promises"
            | "telegraph"
    );
    let before = at.checked_sub(1).map(|i| folded[i].as_ref());
    let determined = before.is_none_or(|word| {
        crate::text::is_determiner(word)
            || matches!(
                word,
                "of" | "in" | "united" | "be" | "for" | "by" | "with" | "and" | "member" | "southern" | "as" | "from"
            )
    });
    noun_too && determined || matches!(folded[at].as_ref(), "object" | "signal" | "urge")
}

/// Why a quotation is lost, if it surely is.
fn why_lost(
    article: &Article<'_>,
    account: &Account<'_>,
    block: &Block,
    sentence: Span,
    announced: &Announcement<'_>,
    next: Option<&Block>,
) -> Option<String> {
    let Some(next) = next else {
        // In a dump the headings are gone, so that the next line may well be of another section.
        return Some(String::from(match article.blocks.last() {
            Some(last) if last.span == block.span => "the article ends there",
            _ => "a heading follows",
        }));
    };
    if next.kind != BlockKind::Paragraph {
        return None;
    }
    let text = article.text(next.span);
    let begins_quoted = text.starts_with(|c| {
        is_quotation_mark(c) || matches!(c, '\'' | '‘' | '>' | '<' | '—' | '–' | '-' | '*' | '.' | '…' | '[')
    }) || is_indented(article, next);
    if begins_quoted || speaks_in_person(text) {
        return None;
    }
    // The speaker seldom says the own name.
    let names_speaker = |name: &&&str| words(text).any(|word| without_possessive(word.text) == **name);
    if let Some(speaker) = announced.speakers.iter().find(names_speaker) {
        return Some(format!("the next paragraph speaks of {speaker}"));
    }
    if announced.pronoun
        && let Some(name) = subject_name(article).filter(|name| names_speaker(&name))
    {
        return Some(format!("the next paragraph speaks of {name}"));
    }
    // "She had the sentence framed": what was quoted has been read.
    if points_back(article.text(*article.sentences_of(next).first()?)) {
        return Some(String::from("the next paragraph speaks of it as of something that was read"));
    }
    let mut opening = words(text).map(|word| fold(word.text));
    let (first, second) = (opening.next(), opening.next());
    let carries_on = matches!(first.as_deref(), Some("he" | "she" | "they"))
        && matches!(second.as_deref(), Some("then" | "later" | "also" | "subsequently" | "afterwards" | "soon"));
    // Nobody speaks of oneself as "she" at once.
    let goes_on = announced.owner.is_some() && first.as_deref() == announced.owner && tells_of_the_past(text);
    if carries_on || goes_on {
        return Some(String::from("the next paragraph carries on the story"));
    }
    // Nobody tells in the past what is still to come.
    let latest = |span: Span| {
        let times = account.times();
        account
            .times_in(span)
            .map(|number| &times[number])
            .filter(|time| time.kind == TimeKind::Date && time.anchor == Anchor::Explicit && !time.quoted)
            .filter_map(|time| time.interval().map(|days| days.from.year))
            .max()
    };
    if !tells_of_the_past(text) || is_scholarly(article.text(sentence)) {
        return None;
    }
    let number = article.blocks.partition_point(|other| other.span.start < block.span.start);
    let earlier =
        || article.blocks[number.saturating_sub(3)..number].iter().filter_map(|block| latest(block.span)).max();
    let said = latest(sentence).or_else(|| latest(block.span)).or_else(earlier);
    if let (Some(said), Some(told)) = (said, latest(next.span))
        && told > said
    {
        return Some(format!("the next paragraph tells of {told}"));
    }
    // "The strike went on": what the article is about.
    let about = |noun: &str| article.title_text().is_some_and(|title| words(title).any(|word| fold(word.text) == noun));
    if announced.past && first.as_deref() == Some("the") && second.as_deref().is_some_and(about) {
        return Some(String::from("the next paragraph carries on the story"));
    }
    None
}

/// Whether a sentence speaks of words as of what has just been read: "the sentence", "this remark".
fn points_back(sentence: &str) -> bool {
    const SAID: &[&str] = &["comment", "epigram", "phrase", "quotation", "remark", "sentence", "verdict"];
    const NEAR: usize = 8;
    let all: Vec<_> = words(sentence).take(NEAR).map(|word| fold(word.text)).collect();
    all.windows(2).any(|pair| matches!(pair[0].as_ref(), "the" | "this" | "that") && SAID.contains(&pair[1].as_ref()))
}

/// Whether a writer of today speaks, who may well tell of any year.
fn is_scholarly(sentence: &str) -> bool {
    const WORDS: &[&str] = &[
        "author",
        "biographer",
        "book",
        "economist",
        "encyclopedia",
        "historian",
        "historians",
        "scholar",
        "sociologist",
        "writer",
    ];
    words(sentence).any(|word| WORDS.contains(&fold(word.text).as_ref()))
}

fn tells_of_the_past(text: &str) -> bool {
    let mut past = 0;
    let mut present = 0;
    for word in words(text) {
        match fold(word.text).as_ref() {
            "was" | "were" | "had" | "did" | "became" | "began" | "bought" | "broke" | "brought" | "built" | "came"
            | "fell" | "found" | "gave" | "held" | "kept" | "laid" | "led" | "left" | "lost" | "made" | "met"
            | "ran" | "rose" | "sent" | "sold" | "stood" | "took" | "went" | "won" | "wrote" => past += 1,
            "is" | "are" | "has" | "have" | "will" | "shall" => present += 1,
            other => past += usize::from(other.len() > 4 && other.ends_with("ed")),
        }
    }
    past > present
}

/// Whether a text speaks to or of itself, as only a quotation does.
fn speaks_in_person(text: &str) -> bool {
    let mut quoted = false;
    let mut from = 0;
    // What stands in quotation marks is somebody else's.
    for (at, c) in text.char_indices().filter(|&(_, c)| is_quotation_mark(c)).chain([(text.len(), ' ')]) {
        let plain = &text[from..at];
        let person = |word: Word<'_>| {
            matches!(
                fold(word.text).as_ref(),
                "me" | "my"
                    | "mine"
                    | "myself"
                    | "we"
                    | "us"
                    | "our"
                    | "ours"
                    | "you"
                    | "your"
                    | "yours"
                    | "thou"
                    | "thy"
                    | "ye"
            ) && !crate::text::is_upper(word.text)
                || matches!(word.text, "I" | "I'm" | "I've" | "I’ve" | "I'll" | "I’m")
        };
        if !quoted && words(plain).any(person) {
            return true;
        }
        quoted = !quoted;
        from = (at + c.len_utf8()).min(text.len());
    }
    false
}

/// Whether a block stands further to the right than text does, as quotations in plain text do.
fn is_indented(article: &Article<'_>, block: &Block) -> bool {
    let before = &article.text[..block.span.start as usize];
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    article.layout != Layout::DumpRecord && blanks >= 2
}

/// The last name of the title, where it is that of somebody.
fn subject_name<'a>(article: &Article<'a>) -> Option<&'a str> {
    let title = article.title_text()?;
    let plain = title.split(['(', ',']).next().unwrap_or(title);
    let last = words(plain).last()?;
    is_capitalised(last.text).then_some(last.text)
}

/// Empty quotation marks, and a colon that a stop or the next sentence follows.
fn inside(article: &Article<'_>, _: &Account<'_>, sentence: Span, findings: &mut Findings) {
    let text = article.text(sentence);
    for (at, _) in text.match_indices([':', ',', '"', '“']) {
        let rest = &text[at..];
        let (length, empty) = if rest.starts_with("\"\"") && !rest.starts_with("\"\"\"") && !text[..at].ends_with('"') {
            (2, true)
        } else if rest.starts_with("“”") {
            ("“”".len(), true)
        } else if let Some(behind) = rest.strip_prefix(':') {
            // ":." and ": ," and ":[3] She"
            let gap = behind.trim_start();
            let stop = gap.starts_with(['.', ';', ','])
                && !gap.starts_with("..")
                && !gap[1..].starts_with(|c: char| c.is_alphanumeric());
            if !stop || announcement(tail(&text[..at], 300)).is_none() {
                continue;
            }
            (1 + behind.len() - gap.len() + 1, false)
        } else {
            continue;
        };
        let before = tail(&text[..at], 100).trim_end();
        if empty
            && !(before.ends_with([':', ','])
                || words(before).last().is_some_and(|word| word.text.starts_with(char::is_lowercase)))
        {
            continue;
        }
        let from = words(before).last().map_or(at, |word| text[..at].trim_end().len() - (before.len() - word.start));
        let start = sentence.start as usize;
        let span = Span::new(sentence.source, start + from, start + at + length);
        let message =
            if empty { "the quotation marks hold nothing" } else { "a stop follows where the quotation should stand" };
        findings.push(Diagnostic::new(span, message).label("the quotation is gone").help("restore the quotation"));
    }
}
