//! The door to JSON Schema: kinds of articles, their schemas, and what breaks them.
//!
//! A schema is written in YAML (JSON Schema 2020-12) and speaks about the
//! [document form](crate::document). `$ref` resolves within the schema and to the shipped schemas;
//! nothing is ever fetched.

use crate::article::{Article, Layout};
use crate::config::{Base, Config, KindParts, KindSetting, Origin, Patterns, compile_glob};
use crate::diagnostic::Fault;
use crate::document::{self, Document};
use crate::source::Span;
use crate::text::{did_you_mean, enumerate};
use crate::yaml;
use globset::GlobMatcher;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, ValidationError, Validator};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

/// The shipped schemas: name, file, text.
pub const SHIPPED: [(&str, &str, &str); 3] = [
    ("article", "schemas/article.yaml", include_str!("../schemas/article.yaml")),
    ("bilateral-relations", "schemas/bilateral-relations.yaml", include_str!("../schemas/bilateral-relations.yaml")),
    ("foreign-relations", "schemas/foreign-relations.yaml", include_str!("../schemas/foreign-relations.yaml")),
];

/// The shipped kinds: name, title pattern. Each has the schema of its name.
const SHIPPED_KINDS: [(&str, &str); 2] = [
    // Two names with a dash between them, of words with capitals: "Cuba–Iraq relations".
    ("bilateral-relations", r"^\p{Lu}[^–—-]*[–—-]\p{Lu}\S*( (of|the|and|\p{Lu}\S*))* relations$"),
    ("foreign-relations", r"^Foreign relations of \S"),
];

/// The most that a pattern of a schema or of a kind may take up when compiled, in bytes.
const PATTERN_LIMIT: usize = 1 << 20;

/// A kind of article: which articles are of it, and the schema that they follow.
#[derive(Debug)]
pub struct Kind {
    /// Its name.
    pub name: String,
    title: Option<Regex>,
    path: Option<(Base, GlobMatcher)>,
    /// Fields that its infoboxes have, in the form of the document.
    infobox: Vec<String>,
    layout: Option<Layout>,
    schema: Schema,
}

/// A compiled schema with its places.
#[derive(Debug)]
struct Schema {
    /// Where it is written, for messages.
    file: String,
    text: String,
    shipped: bool,
    /// Where the configuration says in short what the text says at length; then the text is nowhere to be seen.
    short: Option<String>,
    compiled: OnceLock<(yaml::Document, Validator)>,
}

/// All kinds in force.
#[derive(Debug, Default)]
pub struct Kinds {
    kinds: Vec<Kind>,
    /// Files whose kinds are given, and which: numbers of kinds.
    given: Vec<(Patterns, Vec<usize>)>,
}

/// One way in which an article breaks a schema.
#[derive(Debug)]
pub struct Violation {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What stands there, in a few words.
    pub label: String,
    /// What the schema wants, and where it says so.
    pub help: String,
}

impl Kinds {
    /// The shipped kinds, as the configuration changes and adds to them.
    pub fn new(config: &Config) -> Result<Self, Fault> {
        let mut settings: BTreeMap<&str, Option<(&KindSetting, Origin)>> =
            SHIPPED_KINDS.iter().map(|&(name, _)| (name, None)).collect();
        settings.extend(config.kinds().into_iter().map(|(name, setting)| (name, Some(setting))));
        let mut kinds = Vec::new();
        for (name, setting) in settings {
            let is_shipped = SHIPPED_KINDS.iter().any(|(shipped, _)| *shipped == name);
            match setting {
                None => kinds.push(Kind::shipped(name)),
                Some((KindSetting::Switch(true), _)) if is_shipped => kinds.push(Kind::shipped(name)),
                Some((KindSetting::Switch(false), _)) if is_shipped => {}
                Some((KindSetting::Switch(false), origin)) => {
                    let mut fault = config.fault(&origin, format!("there is no shipped kind `{name}` to switch off"));
                    fault.help = did_you_mean(name, SHIPPED_KINDS.iter().map(|(shipped, _)| *shipped));
                    return Err(fault);
                }
                Some((KindSetting::Switch(true), origin)) => {
                    return Err(
                        config.fault(&origin, format!("`{name}` is not a shipped kind: say which schema it has"))
                    );
                }
                Some((KindSetting::Kind(parts), origin)) => kinds.push(Kind::new(name, parts, config, &origin)?),
            }
        }
        let mut given = Vec::new();
        for (patterns, setting, origin) in config.overrides() {
            let Some(named) = &setting.kind else { continue };
            let mut numbers = Vec::new();
            for (name, part) in named.each() {
                let number = kinds.iter().position(|kind| kind.name == name).ok_or_else(|| {
                    let place = origin.at("kind");
                    let place = part.strip_prefix('/').map_or(place.clone(), |part| place.at(part));
                    let mut fault = config.fault(&place, format!("there is no kind `{name}`"));
                    fault.help = did_you_mean(name, kinds.iter().map(|kind| kind.name.as_str()));
                    fault
                })?;
                numbers.push(number);
            }
            given.push((patterns.clone(), numbers));
        }
        Ok(Self { kinds, given })
    }

    /// All kinds that an article is of.
    pub fn of<'k>(&'k self, article: &'k Article<'_>) -> impl Iterator<Item = &'k Kind> {
        let given = self.given.iter().rev().find(|(patterns, _)| patterns.match_path(article.path));
        let title = if self.kinds.is_empty() { None } else { article.likely_title() };
        self.kinds.iter().enumerate().filter_map(move |(number, kind)| {
            let is_of = match given {
                Some((_, numbers)) => numbers.contains(&number),
                None => kind.fits(article, title.as_deref()),
            };
            is_of.then_some(kind)
        })
    }

    /// All that tells them from others, in words of no form; they tell the same kinds when they are the same.
    pub fn description(&self) -> String {
        let kinds = self.kinds.iter().map(|kind| {
            let Schema { file, text, shipped, short, compiled: _ } = &kind.schema;
            let title = kind.title.as_ref().map(Regex::as_str);
            let parts = (&kind.name, title, &kind.path, &kind.infobox, kind.layout, (file, text, shipped, short));
            format!("{parts:?}\n")
        });
        kinds.chain([format!("{:?}", self.given)]).collect()
    }

    /// All kinds.
    pub fn all(&self) -> &[Kind] {
        &self.kinds
    }
}

impl Kind {
    fn shipped(name: &str) -> Self {
        let title = SHIPPED_KINDS
            .iter()
            .find(|(shipped, _)| *shipped == name)
            .map(|(_, pattern)| compile_pattern(pattern).expect("the shipped patterns are tested"));
        let schema = Schema::shipped(name).expect("each shipped kind has a shipped schema");
        Self { name: name.to_owned(), title, path: None, infobox: Vec::new(), layout: None, schema }
    }

    fn new(name: &str, parts: &KindParts, config: &Config, origin: &Origin) -> Result<Self, Fault> {
        let title = parts.title.as_deref().map(compile_pattern).transpose();
        let path = parts.path.as_deref().map(compile_glob).transpose();
        let path = path.map_err(|error| config.fault(&origin.at("path"), error))?;
        let schema = match (&parts.schema, &parts.required) {
            (Some(schema), None) => Schema::find(schema, config, &origin.at("schema"))?,
            (None, Some(fields)) => Schema::of_required(fields, config.said_at(&origin.at("required"))),
            (Some(_), Some(_)) => {
                let message = String::from("a kind has a `schema` or `required` fields, not both");
                let mut fault = config.fault_of_key(&origin.at("required"), message);
                fault.help = Some(String::from("say in the schema which fields are required"));
                return Err(fault);
            }
            (None, None) => {
                let message =
                    format!("the kind `{name}` asks for nothing: it has neither a `schema` nor `required` fields");
                return Err(config.fault_of_key(origin, message));
            }
        };
        Ok(Self {
            name: name.to_owned(),
            title: title.map_err(|error| config.fault(&origin.at("title"), error))?,
            path: path.map(|path| (config.base(origin), path)),
            infobox: parts.infobox.iter().flatten().map(|key| document::key_form(key)).collect(),
            layout: parts.layout,
            schema,
        })
    }

    /// Whether an article, which has this title, is of this kind by all that tells it.
    fn fits(&self, article: &Article<'_>, title: Option<&str>) -> bool {
        let fields = || article.fields();
        let has = |key: &String| fields().any(|field| document::key_form(article.text(field.key)) == *key);
        self.layout.is_none_or(|layout| layout == article.layout)
            && self.path.as_ref().is_none_or(|(base, glob)| glob.is_match(base.relative(article.path)))
            && self.title.as_ref().is_none_or(|pattern| title.is_some_and(|title| pattern.is_match(title)))
            && self.infobox.iter().all(has)
    }

    /// What of the article breaks the schema of this kind.
    pub fn violations(&self, document: &Document) -> Vec<Violation> {
        let (places, validator) = self.schema.compiled();
        let errors: Vec<ValidationError<'_>> = validator.iter_errors(&document.value).collect();
        let mut violations = Vec::new();
        // What a given key needs is said at that key, and not once more at the infobox.
        let needed: Vec<(String, String)> = errors
            .iter()
            .filter(|error| is_dependent(error))
            .filter_map(|error| Some((error.instance_path().to_string(), required(error)?)))
            .collect();
        let mut missing: BTreeMap<(String, String), Vec<(String, String)>> = BTreeMap::new();
        for error in &errors {
            let parent = error.instance_path().to_string();
            match required(error) {
                Some(key) if !is_dependent(error) && !parent.is_empty() => {
                    if !needed.contains(&(parent.clone(), key.clone())) {
                        let keyword = error.schema_path().to_string();
                        let said_at = keyword.rsplit_once('/').filter(|(_, last)| last.parse::<usize>().is_ok());
                        let group = said_at.map_or(keyword.clone(), |(list, _)| list.to_owned());
                        missing.entry((parent, group)).or_default().push((key, keyword));
                    }
                }
                _ => violations.push(self.violation(document, places, error)),
            }
        }
        for ((parent, keyword), keys) in missing {
            let names: Vec<String> =
                keys.iter().map(|(key, _)| format!("`{}`", name_of(places, &keyword, key))).collect();
            let owner = name_of_pointer(&parent);
            violations.push(Violation {
                span: document.place(&parent).key,
                message: format!("{owner} lacks {}", enumerate(&names)),
                label: format!("{} missing here", if names.len() == 1 { "is" } else { "are" }),
                help: format!("add {}; {}", enumerate(&names), self.source(places, &keyword)),
            });
        }
        violations
    }

    fn violation(&self, document: &Document, places: &yaml::Document, error: &ValidationError<'_>) -> Violation {
        let pointer = error.instance_path().to_string();
        let keyword = error.schema_path().to_string();
        let source = self.source(places, &keyword);
        let place = document.place(&pointer);
        let name = name_of_pointer(&pointer);
        let description = description(places, &keyword);
        let mut wants = description.as_deref().map_or(String::new(), |wanted| format!("the schema wants {wanted}; "));
        let (span, message, label) = match error.kind() {
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                if is_dependent(error) {
                    let given = giving(places, &keyword, key, error.instance()).unwrap_or_default();
                    let given_place = document.place(&format!("{pointer}/{given}"));
                    let missing = name_of(places, &keyword, key);
                    let given = name_of(places, &keyword, &given);
                    (
                        given_place.key,
                        format!("{name} gives `{given}` but no `{missing}`"),
                        format!("has no `{missing}` beside it"),
                    )
                } else {
                    let (thing, label) = match key {
                        "infobox" => (String::from("an infobox"), "no infobox below"),
                        "see_also" => (String::from("a See also section"), "no See also section below"),
                        key => (format!("`{key}`"), "not given"),
                    };
                    wants = format!("add it; {wants}");
                    (place.key, format!("the article lacks {thing}"), String::from(label))
                }
            }
            ValidationErrorKind::Type { kind } => {
                let expected = format!("{kind:?}");
                let expected = match kind {
                    jsonschema::error::TypeKind::Single(kind) => kind.to_string(),
                    jsonschema::error::TypeKind::Multiple(_) => expected,
                };
                let is = type_name(error.instance());
                (place.value, format!("{name} should be a {expected}, not {is}"), format!("is {is}"))
            }
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                let first = unexpected.first().map_or("", String::as_str);
                let names: Vec<String> = unexpected.iter().map(|key| format!("`{key}`")).collect();
                let span = document.place(&format!("{pointer}/{}", yaml::escape(first))).key;
                (
                    span,
                    format!("{name} has {}, which the schema does not know", enumerate(&names)),
                    String::from("is not known"),
                )
            }
            ValidationErrorKind::Contains | ValidationErrorKind::MinItems { .. } => {
                let what = description.clone().unwrap_or_else(|| String::from("what the schema asks for"));
                wants.clear();
                (place.key, format!("{name} does not have {what}"), String::from("is not complete"))
            }
            ValidationErrorKind::MinLength { .. } => (place.value, format!("{name} is too short"), String::new()),
            ValidationErrorKind::FalseSchema => (place.key, format!("{name} may not be given here"), String::new()),
            _ => {
                let value = match error.instance().as_ref() {
                    Value::String(text) => format!("“{}”", crate::text::shorten(text, 40)),
                    other => crate::text::shorten(&other.to_string(), 40),
                };
                let message = match description {
                    Some(_) => format!("{name} has the wrong form: {value}"),
                    None => format!("{name}: {}", error.masked_with(value)),
                };
                (place.value, message, String::new())
            }
        };
        Violation { span, message, label, help: format!("{wants}{source}") }
    }

    /// Where a keyword of the schema is written.
    fn source(&self, places: &yaml::Document, keyword: &str) -> String {
        if let Some(place) = &self.schema.short {
            return format!("the configuration says so of kind `{}`: {place}", self.name);
        }
        let at = places.place(keyword).value.start;
        let line = self.schema.text[..at].matches('\n').count() + 1;
        let shipped = if self.schema.shipped { " (shipped)" } else { "" };
        format!("the schema of kind `{}` says so{shipped}: {}:{line}", self.name, self.schema.file)
    }
}

impl Schema {
    fn shipped(name: &str) -> Option<Self> {
        let &(_, file, text) = SHIPPED.iter().find(|(shipped, ..)| *shipped == name)?;
        Some(Self {
            file: file.to_owned(),
            text: text.to_owned(),
            shipped: true,
            short: None,
            compiled: OnceLock::new(),
        })
    }

    /// The schema that asks for some fields of the infobox and nothing else. `place` is where the configuration names them.
    fn of_required(fields: &[String], place: String) -> Self {
        let fields: Vec<String> = fields.iter().map(|field| document::key_form(field)).collect();
        let wanted = serde_json::json!({
            "type": "object",
            "required": ["infobox"],
            "properties": {"infobox": {"required": fields}},
        });
        // JSON is YAML.
        Self {
            file: place.clone(),
            text: wanted.to_string(),
            shipped: false,
            short: Some(place),
            compiled: OnceLock::new(),
        }
    }

    /// The schema that the configuration names: a shipped one, or a file.
    fn find(named: &str, config: &Config, origin: &Origin) -> Result<Self, Fault> {
        if let Some(shipped) = Self::shipped(named) {
            return Ok(shipped);
        }
        let extension = Path::new(named).extension().and_then(|extension| extension.to_str());
        if !matches!(extension, Some("yaml" | "yml" | "json")) {
            let mut fault = config.fault(origin, format!("there is no shipped schema `{named}`"));
            let otherwise =
                "name a shipped schema (article, bilateral-relations, foreign-relations) or a file that ends in .yaml";
            fault.help = did_you_mean(named, SHIPPED.iter().map(|(name, ..)| *name)).or_else(|| Some(otherwise.into()));
            return Err(fault);
        }
        let text = config.read_beside(origin, named).map_err(|error| config.fault(origin, error))?;
        let schema = Self { file: named.to_owned(), text, shipped: false, short: None, compiled: OnceLock::new() };
        let compiled = schema.compile()?;
        // A schema of the user's is compiled at once, so that its faults show before anything runs.
        let _ = schema.compiled.set(compiled);
        Ok(schema)
    }

    fn compiled(&self) -> &(yaml::Document, Validator) {
        self.compiled.get_or_init(|| self.compile().expect("the shipped schemas are tested"))
    }

    fn compile(&self) -> Result<(yaml::Document, Validator), Fault> {
        let fault = |at: Range<usize>, message: String, help: Option<String>| Fault {
            path: self.file.clone(),
            text: self.text.clone(),
            at,
            message,
            help,
        };
        let document = yaml::Document::parse(&self.text)
            .map_err(|error| fault(error.at, format!("the schema is not YAML: {}", error.message), None))?;
        if self.shipped {
            // Tests have checked these.
            let validator = compile(&document.value, &jsonschema::Registry::new().prepare().expect("nothing is in it"));
            return Ok((document, validator.expect("the shipped schemas are tested")));
        }
        if let Some(pointer) = outside_reference(&document.value, "") {
            let at = document.place(&pointer).value;
            let message = String::from("a schema may only refer to itself and to the shipped schemas");
            let help = String::from("write the part out under `$defs` and refer to it as `#/$defs/NAME`");
            return Err(fault(at, message, Some(help)));
        }
        let mut registry = jsonschema::Registry::new();
        for (name, _, text) in SHIPPED.iter().filter(|(_, file, _)| *file != self.file) {
            let value = yaml::Document::parse(text).expect("the shipped schemas are tested").value;
            registry = registry.add(format!("{SHIPPED_URN}{name}"), value).expect("the shipped schemas are tested");
        }
        let registry = registry.prepare().expect("the shipped schemas are tested");
        if let Some(pointer) = broken_reference(&document.value, &document.value, "") {
            let at = document.place(&pointer).value;
            return Err(fault(at, String::from("this refers to a part of the schema that is not there"), None));
        }
        if let Err(error) = jsonschema::draft202012::meta::validate(&document.value) {
            let at = document.place(&error.instance_path().to_string()).value;
            return Err(fault(at, format!("this is no JSON Schema (2020-12): {error}"), None));
        }
        match compile(&document.value, &registry) {
            Ok(validator) => Ok((document, validator)),
            Err(error) => {
                let at = document.place(&error.instance_path().to_string()).value;
                Err(fault(at, format!("the schema cannot be used: {error}"), None))
            }
        }
    }
}

/// Compiles a schema; what it refers to lies in itself and in the registry.
fn compile(schema: &Value, registry: &jsonschema::Registry<'_>) -> Result<Validator, ValidationError<'static>> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .offline()
        .with_registry(registry)
        .with_pattern_options(PatternOptions::regex().size_limit(PATTERN_LIMIT))
        .build(schema)
}

/// How the shipped schemas name themselves.
const SHIPPED_URN: &str = "urn:seedlint:schema:";

/// The pointer of the first `$ref` or `$schema`-like key that leads out of the schema.
fn outside_reference(value: &Value, pointer: &str) -> Option<String> {
    match value {
        Value::Object(map) => map.iter().find_map(|(key, inner)| {
            let here = format!("{pointer}/{}", yaml::escape(key));
            let refers = matches!(key.as_str(), "$ref" | "$dynamicRef");
            match inner.as_str() {
                Some(target) if refers => {
                    let known = target.starts_with('#')
                        || target.strip_prefix(SHIPPED_URN).is_some_and(|name| {
                            SHIPPED.iter().any(|(shipped, ..)| name.split('#').next() == Some(shipped))
                        });
                    (!known).then_some(here)
                }
                _ => outside_reference(inner, &here),
            }
        }),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, inner)| outside_reference(inner, &format!("{pointer}/{i}")))
        }
        _ => None,
    }
}

/// The pointer of the first `$ref` to a place in the schema that is not there.
fn broken_reference(root: &Value, value: &Value, pointer: &str) -> Option<String> {
    match value {
        Value::Object(map) => map.iter().find_map(|(key, inner)| {
            let here = format!("{pointer}/{}", yaml::escape(key));
            match inner.as_str() {
                Some(target) if key == "$ref" => {
                    let missing = target.strip_prefix('#').filter(|target| target.starts_with('/'));
                    missing.filter(|target| root.pointer(target).is_none()).map(|_| here)
                }
                _ => broken_reference(root, inner, &here),
            }
        }),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, inner)| broken_reference(root, inner, &format!("{pointer}/{i}")))
        }
        _ => None,
    }
}

fn compile_pattern(pattern: &str) -> Result<Regex, String> {
    regex::RegexBuilder::new(pattern)
        .size_limit(PATTERN_LIMIT)
        .build()
        .map_err(|error| format!("this is no pattern: {}", error.to_string().lines().last().unwrap_or_default().trim()))
}

/// The property that an error says is missing.
fn required(error: &ValidationError<'_>) -> Option<String> {
    match error.kind() {
        ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Whether something is missing only because something else is given.
fn is_dependent(error: &ValidationError<'_>) -> bool {
    required(error).is_some() && error.schema_path().to_string().ends_with("/dependentRequired")
}

/// The key of the instance that asks for `missing`, by the `dependentRequired` of the schema.
fn giving(places: &yaml::Document, keyword: &str, missing: &str, instance: &Value) -> Option<String> {
    let needs = places.value.pointer(keyword)?.as_object()?;
    let asks = |keys: &Value| keys.as_array().is_some_and(|keys| keys.iter().any(|key| key == missing));
    needs.iter().find(|(key, keys)| instance.get(key).is_some() && asks(keys)).map(|(key, _)| key.clone())
}

/// The name of a part of the document form, for people.
fn name_of_pointer(pointer: &str) -> String {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    match parts.as_slice() {
        [] | ["lead" | "sections"] => String::from("the article"),
        ["infobox"] => String::from("the infobox"),
        ["infobox", key, ..] => format!("infobox field `{}`", key.replace("~1", "/").replace("~0", "~")),
        ["see_also"] => String::from("the See also list"),
        ["see_also", ..] => String::from("the See also entry"),
        ["sections", _, "heading"] => String::from("the heading"),
        ["sections", ..] => String::from("the section"),
        ["lead", ..] => String::from("the lead"),
        [first, ..] => format!("the {first}"),
    }
}

/// The name of an infobox key as the schema writes it: the `title` of its subschema.
fn name_of(places: &yaml::Document, keyword: &str, key: &str) -> String {
    // Look for `properties/KEY/title` in the schemas around the keyword.
    let mut around = keyword;
    loop {
        let pointer = format!("{around}/properties/{}/title", yaml::escape(key));
        if let Some(title) = places.value.pointer(&pointer).and_then(Value::as_str) {
            return title.to_owned();
        }
        match around.rfind('/') {
            Some(cut) => around = &around[..cut],
            None => return key.to_owned(),
        }
    }
}

/// The description of the subschema that a keyword stands in, or of what it holds.
fn description(places: &yaml::Document, keyword: &str) -> Option<String> {
    let own = places.value.pointer(keyword).and_then(|node| node.get("description"));
    let around = keyword.rsplit_once('/').and_then(|(schema, _)| places.value.pointer(schema)?.get("description"));
    own.or(around).and_then(Value::as_str).map(str::to_owned)
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list of values",
        Value::Object(_) => "a mapping",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::parse;
    use crate::source::SourceId;

    #[test]
    fn shipped_schemas_compile() {
        for (name, ..) in SHIPPED {
            let schema = Schema::shipped(name).unwrap();
            if let Err(fault) = schema.compile() {
                panic!("{}: {} at {:?}", fault.path, fault.message, fault.at);
            }
        }
    }

    #[test]
    fn kinds_are_told_by_title() {
        let kinds = Kinds::new(&Config::default()).unwrap();
        for (title, expected) in [
            ("Chad–Mali relations", vec!["bilateral-relations"]),
            ("Guinea-Bissau–Portugal relations", vec!["bilateral-relations"]),
            ("Foreign relations of Chad", vec!["foreign-relations"]),
            ("Chad", vec![]),
            ("Public relations", vec![]),
            ("Mass–energy relations", vec![]),
            ("Chad–Republic of the Congo relations", vec!["bilateral-relations"]),
            ("Chad–Mali military relations", vec![]),
        ] {
            let text = format!("= {title} =\n\nText.\n");
            let article = parse(SourceId(0), "a.txt", &text, Layout::WikiText);
            let names: Vec<&str> = kinds.of(&article).map(|kind| kind.name.as_str()).collect();
            assert_eq!(names, expected, "{title}");
        }
    }
}
