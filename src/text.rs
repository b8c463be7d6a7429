//! Sentences, words and their normal forms.

pub mod encoding;
pub mod wiki_markup;

mod forms;
mod hashed;
mod literals;
mod pairs;
mod sentences;
mod words;

pub use forms::{Forms, WordForms, is_determiner, is_upper};
pub use hashed::{HashedMap, HashedSet, Map, Set};
pub use literals::literals;
pub use pairs::{Side, Unpaired, is_quotation_mark, unpaired};
pub use sentences::{citation_end, is_title_abbreviation, may_start_sentence, sentences};
pub use words::{
    FoldedWord, Word, capitalise, fold, folded_words, is_capitalised, is_function_word, is_proper_noun_link, stem,
    without_possessive, words,
};

/// Cuts a text after at most `limit` characters, with an ellipsis where something was cut.
pub fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let kept = &text[..cut];
            // Do not cut a word in two when a blank is near.
            let kept = match kept.rfind(' ') {
                Some(blank) if blank * 2 > cut => &kept[..blank],
                _ => kept,
            };
            format!("{}…", kept.trim_end())
        }
    }
}

/// The last bytes of a text, at most `length`, cut at the boundary of a character.
pub fn tail(text: &str, length: usize) -> &str {
    let mut start = text.len().saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The first bytes of a text, at most `length`, cut at the boundary of a character.
pub fn head(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Writes a list in prose: "a", "a and b", "a, b and c".
pub fn enumerate(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// "1 article", "2 articles".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// What to say where a name is mistyped: the nearest of those that there are, where one is near.
pub fn did_you_mean<'a>(mistyped: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(mistyped, names).map(|near| format!("did you mean `{near}`?"))
}

/// The nearest of some names to a mistyped one, for "did you mean".
///
/// The distance is Damerau–Levenshtein in its restricted form; a name is near when at most a
/// third of its characters differ, or when the mistyped name is a part of it.
pub fn nearest<'a>(mistyped: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = mistyped.chars().count().div_ceil(3);
    names
        .filter_map(|name| {
            let last_part = name.rsplit('/').next().unwrap_or(name);
            let distance = strsim::osa_distance(mistyped, name).min(strsim::osa_distance(mistyped, last_part) + 1);
            (distance <= limit.max(1)).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorten_cuts_at_a_blank_that_is_near() {
        assert_eq!(shorten("over the hills and far away", 16), "over the hills…");
        assert_eq!(shorten("Ångström", 3), "Ång…");
        assert_eq!(shorten("short", 16), "short");
    }

    #[test]
    fn nearest_is_near_or_nothing() {
        let names = ["date/weekday", "date/impossible", "fact/duplicate"];
        assert_eq!(nearest("date/weekdya", names.into_iter()), Some("date/weekday"));
        assert_eq!(nearest("weekday", names.into_iter()), Some("date/weekday"));
        assert_eq!(nearest("prose/tone", names.into_iter()), None);
    }
}
