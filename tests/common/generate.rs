//! Made-up articles from a seed: towns, bridges and railways with people and dates, in two layouts,
//! with links to each other. One in twenty has a defect.

use std::fs;
use std::io;
use std::path::Path;

/// Articles in a folder of their own.
const A_FOLDER: usize = 1000;

/// Writes so many articles below a folder; how many bytes they have.
pub(crate) fn write(folder: &Path, articles: usize, seed: u64) -> io::Result<usize> {
    let mut bytes = 0;
    for number in 0..articles {
        let (name, text) = article(number, articles, seed);
        let below = folder.join(format!("{:03}", number / A_FOLDER));
        fs::create_dir_all(&below)?;
        fs::write(below.join(name), &text)?;
        bytes += text.len();
    }
    Ok(bytes)
}

/// File name and text of one article of a corpus of so many.
pub(crate) fn article(number: usize, articles: usize, seed: u64) -> (String, String) {
    let mut random = Random::new(seed, number as u64);
    let mut text = String::new();
    let title = title(number, seed);
    let wiki = !number.is_multiple_of(5);
    if wiki {
        text.push_str(&format!("= {title} =\n\n"));
    } else {
        text.push_str(&format!("{number},\n{title},\n\n"));
    }
    let mut sentences: Vec<String> = (0..random.between(18, 40)).map(|_| sentence(&title, &mut random)).collect();
    let defect = if random.one_in(20) { random.between(0, 3) } else { 9 };
    match defect {
        0 => sentences
            .insert(3, format!("The charter of {title} was read out on 31 June {}.", random.between(1700, 1990))),
        1 => sentences.insert(4, sentences[1].clone()),
        _ => {}
    }
    for (i, chunk) in sentences.chunks(5).enumerate() {
        if wiki && i > 0 {
            text.push_str(&format!("=={}==\n", SECTIONS[(i - 1) % SECTIONS.len()]));
        }
        text.push_str(&chunk.join(" "));
        text.push_str(if wiki { "\n\n" } else { "\n" });
    }
    if wiki {
        text.push_str("==See also==\n");
        for step in [1, 7, 31] {
            text.push_str(&format!("- {}\n", self::title((number + step) % articles, seed)));
        }
        if defect == 2 {
            text.push_str("- A place that nobody has described\n");
        }
    }
    (format!("{number:07}.txt"), text)
}

const SECTIONS: [&str; 9] =
    ["History", "Construction", "Trade", "People", "Later years", "Buildings", "Transport", "Legacy", "Present day"];
const KINDS: [&str; 8] = ["Bridge", "Railway", "Harbour", "Abbey", "Mill", "Observatory", "Canal", "School"];
const SYLLABLES: [&str; 24] = [
    "bar", "den", "ko", "lim", "mar", "nor", "ost", "pel", "quin", "ros", "sel", "tor", "ul", "ven", "wal", "yar",
    "zem", "ash", "bel", "cor", "dun", "el", "fal", "gor",
];
const VERBS: [&str; 12] = [
    "rebuilt",
    "inspected",
    "praised",
    "mortgaged",
    "surveyed",
    "painted",
    "closed",
    "enlarged",
    "described",
    "visited",
    "defended",
    "sold",
];
const THINGS: [&str; 12] = [
    "the eastern wing",
    "a wooden pier",
    "the older archive",
    "two iron gates",
    "the lower meadow",
    "a stone tower",
    "the signal house",
    "the market hall",
    "a row of cottages",
    "the pumping station",
    "the north embankment",
    "a library of maps",
];
const REASONS: [&str; 10] = [
    "because the river had changed its bed",
    "although the council had refused the money",
    "while the harvest was brought in",
    "after a winter of heavy snow",
    "before the new statutes came into force",
    "since nobody else would",
    "so that carts could pass at night",
    "in spite of the war",
    "with the help of masons from abroad",
    "at the request of the guild",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A title that no other number has.
fn title(number: usize, seed: u64) -> String {
    let mut random = Random::new(!seed, number as u64);
    let kind = KINDS[number % KINDS.len()];
    format!("{} {kind} {}", name(&mut random), roman(number / KINDS.len() + 1))
}

fn sentence(title: &str, random: &mut Random) -> String {
    let person = format!("{} {}", name(random), name(random));
    let year = random.between(1650, 2010);
    let month = MONTHS[random.below(12)];
    let day = random.between(1, 28);
    let (verb, thing, reason) = (VERBS[random.below(12)], THINGS[random.below(12)], REASONS[random.below(10)]);
    let cost = random.between(120, 98_000);
    match random.below(6) {
        0 => format!("On {day} {month} {year} {person} {verb} {thing} {reason}."),
        1 => format!("In {month} {year} {title} had {cost} visitors, and {person} {verb} {thing}."),
        2 => format!("{person}, who {verb} {thing} in {year}, spent {cost} florins on it {reason}."),
        3 => format!("By {year} {thing} of {} was gone, and {person} {verb} what was left.", name(random)),
        4 => format!("\"Nobody has {verb} {thing} since {year},\" wrote {person} {reason}.[{}]", random.between(1, 40)),
        _ => format!(
            "The {} of {} {verb} {thing} on {month} {day}, {year}, {reason}.",
            ["mayor", "abbot", "engineer"][random.below(3)],
            name(random)
        ),
    }
}

fn name(random: &mut Random) -> String {
    let mut name: String = (0..random.between(2, 3)).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect();
    name[..1].make_ascii_uppercase();
    name
}

fn roman(mut number: usize) -> String {
    let mut roman = String::new();
    for (value, digits) in [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ] {
        while number >= value {
            roman.push_str(digits);
            number -= value;
        }
    }
    roman
}

/// `SplitMix64` (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
struct Random(u64);

impl Random {
    /// The numbers of one article. The seeds are mixed before they are joined, so that the numbers of
    /// neighbours do not run beside each other.
    fn new(seed: u64, number: u64) -> Self {
        let mixed = Random(number).next();
        Random(Random(seed ^ mixed).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// A number from `least` to `most`, both included.
    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }
}
