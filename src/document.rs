//! The document form of an article: the JSON that schemas speak about.
//!
//! `docs/document-form.md` describes it for people, `schemas/article.yaml` for programs.

use crate::article::{Article, Block, BlockKind, Heading, Section};
use crate::source::Span;
use crate::yaml::escape;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The document form of an article, and where each of its values stands.
#[derive(Debug)]
pub struct Document {
    /// The form.
    pub value: Value,
    /// The place of each JSON Pointer (RFC 6901) into the form.
    places: HashMap<String, Place>,
    /// The article's [head](Article::head).
    head: Span,
}

/// Where an entry of the form stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// What names it: the key of an infobox field, the heading of a section. The same as `value`
    /// where nothing does.
    pub key: Span,
    /// What it says.
    pub value: Span,
}

impl Document {
    /// The document form of an article.
    pub fn of(article: &Article<'_>) -> Self {
        let mut document = Self { value: Value::Null, places: HashMap::new(), head: article.head() };
        let mut form = Map::new();
        if let Some(id) = article.id {
            document.insert(&mut form, "", "id", article.text(id).into(), id, id);
        }
        if let (Some(title), Some(likely)) = (article.title, article.likely_title()) {
            document.insert(&mut form, "", "title", likely.into(), title.span, title.span);
        }
        form.insert("layout".into(), article.layout.name().into());
        document.infobox(article, &mut form);
        let mut sections = Vec::new();
        let mut see_also = None;
        for (index, section) in article.sections.iter().enumerate() {
            match section.heading {
                None => {
                    let lead = document.paragraphs(article, section, "/lead");
                    form.insert("lead".into(), lead.into());
                    if index == 0 && article.blocks_of(section).iter().any(is_item) {
                        let lists = document.lists(article, section, "/lead_lists");
                        form.insert("lead_lists".into(), lists.into());
                    }
                }
                Some(heading) if crate::article::is_see_also(article.text(heading.span)) => {
                    let entries: &mut Vec<Value> = see_also.get_or_insert_with(|| {
                        document.places.insert("/see_also".into(), Place { key: heading.line, value: heading.line });
                        Vec::new()
                    });
                    for block in article.blocks_of(section).iter().filter(|block| is_item(block)) {
                        let place = Place { key: block.span, value: block.span };
                        document.places.insert(format!("/see_also/{}", entries.len()), place);
                        let link = article.link_in(block.span);
                        entries.push(match link {
                            // Of a link to a path the words that are shown name the article.
                            Some(link) if link.is_path => {
                                let shown = article.text(link.span).trim_start_matches('[');
                                shown.split("](").next().unwrap_or(shown).into()
                            }
                            link => article.text(link.map_or(block.span, |link| link.target)).into(),
                        });
                    }
                }
                Some(heading) => {
                    let pointer = format!("/sections/{}", sections.len());
                    sections.push(document.section(article, section, &heading, &pointer));
                }
            }
        }
        form.insert("sections".into(), sections.into());
        if let Some(entries) = see_also {
            form.insert("see_also".into(), entries.into());
        }
        let mut cited: Vec<&str> = Vec::new();
        for &marker in &article.citations {
            let label = article.text(marker).trim_matches(['[', ']', '^']);
            if !cited.contains(&label) && cited.len() < MOST_CITATIONS {
                document.places.insert(format!("/citations/{}", cited.len()), Place { key: marker, value: marker });
                cited.push(label);
            }
        }
        form.insert("citations".into(), cited.into());
        document.value = form.into();
        document
    }

    /// The place of a pointer, or else of the nearest pointer around it; the title's line for the
    /// whole form.
    pub fn place(&self, pointer: &str) -> Place {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.places.get(pointer) {
                return *place;
            }
            match pointer.rfind('/') {
                Some(cut) => pointer = &pointer[..cut],
                None => return Place { key: self.head, value: self.head },
            }
        }
    }

    fn insert(&mut self, form: &mut Map<String, Value>, parent: &str, key: &str, value: Value, at: Span, says: Span) {
        self.places.insert(format!("{parent}/{}", escape(key)), Place { key: at, value: says });
        form.insert(key.to_owned(), value);
    }

    fn infobox(&mut self, article: &Article<'_>, form: &mut Map<String, Value>) {
        let Some(infobox) = &article.infobox else { return };
        self.places.insert("/infobox".into(), Place { key: infobox.head, value: infobox.head });
        let mut fields = Map::new();
        let data = infobox.front_matter.as_ref().and_then(|document| document.value.as_object());
        for field in &infobox.fields {
            let written = article.text(field.key);
            let key = key_form(written);
            let value = match data {
                Some(data) => data.get(written).cloned().unwrap_or(Value::Null),
                None => article.text(field.value).into(),
            };
            let says = if field.value.is_empty() { field.key } else { field.value };
            match fields.get_mut(&key) {
                None => self.insert(&mut fields, "/infobox", &key, value, field.key, says),
                // A key that stands twice has both values.
                Some(Value::Array(several)) if data.is_none() => several.push(value),
                Some(first) => {
                    let both = vec![first.take(), value];
                    self.insert(&mut fields, "/infobox", &key, both.into(), field.key, says);
                }
            }
        }
        form.insert("infobox".into(), fields.into());
    }

    fn section(&mut self, article: &Article<'_>, section: &Section, heading: &Heading, pointer: &str) -> Value {
        self.places.insert(pointer.to_owned(), Place { key: heading.span, value: heading.span });
        let mut form = Map::new();
        form.insert("heading".into(), article.text(heading.span).into());
        form.insert("level".into(), heading.level.into());
        form.insert("paragraphs".into(), self.paragraphs(article, section, &format!("{pointer}/paragraphs")).into());
        form.insert("lists".into(), self.lists(article, section, &format!("{pointer}/lists")).into());
        form.into()
    }

    fn paragraphs(&mut self, article: &Article<'_>, section: &Section, pointer: &str) -> Vec<Value> {
        let mut paragraphs = Vec::new();
        for block in article.blocks_of(section).iter().filter(|block| block.kind == BlockKind::Paragraph) {
            let place = Place { key: block.span, value: block.span };
            self.places.insert(format!("{pointer}/{}", paragraphs.len()), place);
            paragraphs.push(article.text(block.span).into());
        }
        paragraphs
    }

    fn lists(&mut self, article: &Article<'_>, section: &Section, pointer: &str) -> Vec<Value> {
        let mut lists: Vec<Vec<Value>> = Vec::new();
        for block in article.blocks_of(section) {
            let BlockKind::Item { date, first } = block.kind else { continue };
            if first || lists.is_empty() {
                lists.push(Vec::new());
            }
            let number = lists.len() - 1;
            let list = &mut lists[number];
            let mut entry = Map::new();
            if let Some(date) = date {
                entry.insert("date".into(), article.text(date).into());
            }
            entry.insert("text".into(), article.text(block.span).into());
            let place = Place { key: block.span, value: block.span };
            self.places.insert(format!("{pointer}/{number}/{}", list.len()), place);
            list.push(entry.into());
        }
        lists.into_iter().map(Value::from).collect()
    }
}

/// More citations than this are not listed: no schema asks for them one by one.
const MOST_CITATIONS: usize = 2000;

fn is_item(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item { .. })
}

/// The form of an infobox key: lower case, one blank where blanks are.
pub fn key_form(key: &str) -> String {
    key.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
