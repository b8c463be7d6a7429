//! The door to YAML: data with the places where it stands.
//!
//! `serde_yaml` reads the data but drops the places of values; the events of `saphyr-parser` give
//! them back. The two run over the same text, and the data of the first decides.

use saphyr_parser::{Event, Parser, Span as Marks};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::ops::Range;

/// Why a text is not the YAML that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes from the start of the text.
    pub at: Range<usize>,
}

/// Where one entry of a mapping or sequence stands, in bytes from the start of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key; for an entry of a sequence and for the whole document, the same as the value.
    pub key: Range<usize>,
    /// The value; empty where there is none.
    pub value: Range<usize>,
}

/// A YAML document: its data, and the place of each JSON Pointer (RFC 6901) in it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The data.
    pub value: Value,
    places: HashMap<String, Place>,
    /// The places of the top level's entries, in order.
    top: Vec<Place>,
}

impl Document {
    /// Reads a text that holds one document.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if let Some(at) = too_deep(text) {
            return Err(Error { message: String::from("this is nested too deep"), at: at..at });
        }
        let value: Value = serde_yaml::from_str(text).map_err(|error| Error::new(text, &error))?;
        let mut document = Self { value, places: HashMap::new(), top: Vec::new() };
        document.find_places(text)?;
        Ok(document)
    }

    /// The data as a type of ours.
    pub fn decode<T: DeserializeOwned>(&self, text: &str) -> Result<T, Error> {
        serde_yaml::from_str(text).map_err(|error| Error::new(text, &error))
    }

    /// The place of a pointer, or else of the nearest pointer around it.
    pub fn place(&self, pointer: &str) -> Place {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.places.get(pointer) {
                return place.clone();
            }
            match pointer.rfind('/') {
                Some(cut) => pointer = &pointer[..cut],
                None => return Place { key: 0..0, value: 0..0 },
            }
        }
    }

    /// The place of the first key with that name, at any depth.
    pub fn place_of_key(&self, name: &str) -> Option<Place> {
        let last = escape(name);
        self.places
            .iter()
            .filter(|(pointer, place)| pointer.rsplit('/').next() == Some(&last) && place.key != place.value)
            .map(|(_, place)| place.clone())
            .min_by_key(|place| place.key.start)
    }

    /// The places of the top level's entries, in order.
    pub fn top_level(&self) -> &[Place] {
        &self.top
    }

    /// Adds the place of a pointer. A key that stands twice is an error: the second would hide the first.
    fn add_place(&mut self, depth: usize, pointer: String, place: Place) -> Result<(), Error> {
        if depth == 1 {
            self.top.push(place.clone());
        }
        let at = place.key.clone();
        match self.places.insert(pointer, place) {
            Some(first) if first.key != first.value => {
                Err(Error { message: String::from("this key stands twice"), at })
            }
            _ => Ok(()),
        }
    }

    fn find_places(&mut self, text: &str) -> Result<(), Error> {
        /// A collection that is being read.
        struct Open {
            pointer: String,
            is_mapping: bool,
            /// In a mapping, the key whose value comes next.
            key: Option<(String, Range<usize>)>,
            index: usize,
            start: usize,
            place_key: Option<Range<usize>>,
        }
        let offsets = Offsets::new(text);
        let mut stack: Vec<Open> = Vec::new();
        for event in Parser::new_from_str(text) {
            let (event, marks) = event.map_err(|error| {
                let at = offsets.byte(error.marker().index()).min(text.len());
                Error { message: error.info().to_owned(), at: at..at }
            })?;
            let range = offsets.range(text, marks);
            let opens = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
            match event {
                Event::Scalar(..) | Event::Alias(_) | Event::MappingStart(..) | Event::SequenceStart(..) => {
                    // Where a node stands depends on what is open around it.
                    let (pointer, place_key) = match stack.last_mut() {
                        None => (String::new(), None),
                        Some(Open { pointer, is_mapping: false, index, .. }) => {
                            *index += 1;
                            (format!("{pointer}/{}", *index - 1), None)
                        }
                        Some(Open { pointer, key, .. }) => {
                            if let Some((name, place)) = key.take() {
                                (format!("{pointer}/{}", escape(&name)), Some(place))
                            } else if let Event::Scalar(name, ..) = &event {
                                *key = Some((name.to_string(), range));
                                continue;
                            } else if let Event::Alias(_) = &event {
                                // What the alias stands for is not known here, nor needed.
                                *key = Some((String::from("*"), range));
                                continue;
                            } else {
                                // A key that is no scalar: its data cannot be told, nor its place.
                                (format!("{pointer}/?"), None)
                            }
                        }
                    };
                    if opens {
                        let is_mapping = matches!(event, Event::MappingStart(..));
                        stack.push(Open { pointer, is_mapping, key: None, index: 0, start: range.start, place_key });
                    } else {
                        let key = place_key.unwrap_or_else(|| range.clone());
                        self.add_place(stack.len(), pointer, Place { key, value: range })?;
                    }
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    let Some(open) = stack.pop() else { break };
                    // A block collection ends where the next thing begins: leave out the blanks.
                    let end = open.start.max(range.end);
                    let end = open.start + text[open.start..end].trim_end().len();
                    let value = open.start..end;
                    let key = open.place_key.unwrap_or_else(|| value.clone());
                    self.add_place(stack.len(), open.pointer, Place { key, value })?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The offset at which brackets or dashes are nested deeper than any document of ours. The readers
/// below would refuse it too, but some only after time that grows with the square of the depth.
fn too_deep(text: &str) -> Option<usize> {
    const DEEPEST: usize = 256;
    let mut brackets = 0_usize;
    let mut dashes = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => brackets += 1,
            b']' | b'}' => brackets = brackets.saturating_sub(1),
            b'-' | b'?' => dashes += 1,
            b' ' => {}
            _ => dashes = 0,
        }
        if brackets > DEEPEST || dashes > 4 * DEEPEST {
            return Some(at);
        }
    }
    None
}

impl Error {
    fn new(text: &str, error: &serde_yaml::Error) -> Self {
        let at = error.location().map_or(0, |location| location.index().min(text.len()));
        let at = (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
        let message = error.to_string();
        // The place is shown as a label; said in words as well it would be noise.
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        Self { message, at: at..at }
    }
}

/// A part of a JSON Pointer, with `~` and `/` escaped.
pub fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// A scalar between quotation marks, on one line. What YAML takes for no character of a text is escaped.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}') => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            // The marks of direction would turn the line around for whoever reads the file.
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// From the characters that `saphyr-parser` counts to bytes.
struct Offsets(Vec<usize>);

impl Offsets {
    /// A table, empty for an ASCII text.
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self(Vec::new());
        }
        Self(text.char_indices().map(|(i, _)| i).chain([text.len()]).collect())
    }

    fn byte(&self, index: usize) -> usize {
        if self.0.is_empty() { index } else { self.0[index.min(self.0.len() - 1)] }
    }

    fn range(&self, text: &str, marks: Marks) -> Range<usize> {
        let start = self.byte(marks.start.index()).min(text.len());
        let end = self.byte(marks.end.index()).clamp(start, text.len());
        start..start + text[start..end].trim_end().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_keys_and_values() {
        let text = "title: Çelik Bridge\nparties:\n  - \"Óbuda\"\n  - Pest # the other\nmap: {file: a.png}\n";
        let document = Document::parse(text).unwrap();
        let value = |pointer: &str| &text[document.place(pointer).value];
        let key = |pointer: &str| &text[document.place(pointer).key];
        assert_eq!(value("/title"), "Çelik Bridge");
        assert_eq!(value("/parties/0"), "\"Óbuda\"");
        assert_eq!(value("/parties/1"), "Pest");
        assert_eq!(key("/parties"), "parties");
        assert_eq!(value("/map/file"), "a.png");
        assert_eq!(value("/map/nothing/here"), "{file: a.png}");
        assert_eq!(document.top_level().len(), 3);
        assert_eq!(text[document.place_of_key("file").unwrap().key].to_string(), "file");
    }

    #[test]
    fn errors_say_where() {
        let error = Document::parse("a: 1\nb: [1, 2\nc: 3\n").unwrap_err();
        assert!(error.at.start > 4, "{error:?}");
        assert!(Document::parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn a_key_stands_once() {
        let error = Document::parse("a: 1\nb: {c: 1, c: 2}\n").unwrap_err();
        assert_eq!((error.message.as_str(), error.at), ("this key stands twice", 15..16));
    }

    #[test]
    fn aliases_do_not_multiply() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let below = vec![format!("*a{}", i - 1); 10].join(", ");
            bomb.push_str(&format!("a{i}: &a{i} [{below}]\n"));
        }
        assert!(Document::parse(&bomb).is_err());
    }
}
