//! The platform's own description of its API, held against every request and every answer.

use crate::testing::checkout;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// Where the description lies, where it is not beside the repository.
const VARIABLE: &str = "FIRSTLINE_TEST_DISCORD_OPENAPI";
const BESIDE: &str = "../shared/discord/openapi.json";

/// Read and compiled once for all fakes of a test run: compiling costs far more than checking.
static DESCRIPTION: LazyLock<Option<Schema>> = LazyLock::new(Schema::read);

/// The description, with the checks that were needed so far.
#[derive(Debug)]
pub(super) struct Schema {
    document: Value,
    compiled: Mutex<BTreeMap<Key, Option<Arc<Validator>>>>,
}

/// One side of one operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    method: String,
    template: String,
    side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Request,
    Response(u16),
}

/// The description where it is at hand.
///
/// # Panics
/// Where `CI` is `true` and the description is missing: there it must be checked.
pub(super) fn description() -> Option<&'static Schema> {
    let found = DESCRIPTION.as_ref();
    let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(found.is_some() || !is_ci, "Discord's OpenAPI description is missing; set {VARIABLE} to its path");
    found
}

impl Schema {
    fn read() -> Option<Self> {
        let beside = checkout().join(BESIDE);
        let path = std::env::var_os(VARIABLE).map_or(beside, PathBuf::from);
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if read.is_none() {
            eprintln!("fake Discord: no OpenAPI description at {}; bodies are not checked against it", path.display());
        }
        read.map(|document| Self { document, compiled: Mutex::default() })
    }

    /// What is wrong with a request's body; nothing where it fits.
    pub(super) fn check_request(&self, method: &str, template: &str, body: &Value) -> Option<String> {
        self.check(method, template, Side::Request, body)
    }

    /// What is wrong with an answer's body; nothing where it fits.
    pub(super) fn check_response(&self, method: &str, template: &str, status: u16, body: &Value) -> Option<String> {
        self.check(method, template, Side::Response(status), body)
    }

    fn check(&self, method: &str, template: &str, side: Side, body: &Value) -> Option<String> {
        let key = Key { method: method.to_lowercase(), template: template.to_owned(), side };
        let validator = self.validator(key)?;
        let problems: Vec<_> = validator.iter_errors(body).take(3).map(|e| format!("{}: {e}", e.instance_path())).collect();
        (!problems.is_empty()).then(|| problems.join("; "))
    }

    fn validator(&self, key: Key) -> Option<Arc<Validator>> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        compiled.entry(key).or_insert_with_key(|key| self.compile(key).map(Arc::new)).clone()
    }

    fn compile(&self, key: &Key) -> Option<Validator> {
        let operation = self.document["paths"].get(&key.template)?.get(&key.method)?;
        let content = match key.side {
            Side::Request => operation.get("requestBody")?.get("content")?,
            Side::Response(status) => self.response(operation, status)?.get("content")?,
        };
        let mut schema = content.get("application/json")?.get("schema")?.clone();
        let schemas = self.reachable(&schema, key.side);
        schema["components"] = json!({ "schemas": schemas });
        match jsonschema::draft202012::options().build(&schema) {
            Ok(validator) => Some(validator),
            Err(error) => {
                eprintln!("fake Discord: {} {} cannot be checked: {error}", key.method, key.template);
                None
            }
        }
    }

    fn response<'a>(&'a self, operation: &'a Value, status: u16) -> Option<&'a Value> {
        let responses = operation.get("responses")?;
        let family = format!("{}XX", status / 100);
        let response = responses.get(status.to_string()).or_else(|| responses.get(family))?;
        let named = response.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#'));
        named.map_or(Some(response), |pointer| self.document.pointer(pointer))
    }

    /// The named schemas that a schema leads to; the whole description would take far longer to compile.
    fn reachable(&self, schema: &Value, side: Side) -> Map<String, Value> {
        let mut found = Map::new();
        let mut waiting: Vec<String> = names_in(schema).into_iter().collect();
        while let Some(name) = waiting.pop() {
            if found.contains_key(&name) {
                continue;
            }
            let mut named = self.document["components"]["schemas"][&name].clone();
            if side == Side::Request && name == "SnowflakeType" {
                // The platform takes numbers too, and serenity sends one for an attachment's id.
                named = json!({ "type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$", "minimum": 0 });
            }
            if side == Side::Request && named["properties"]["default_member_permissions"].is_object() {
                // The platform's documentation and its clients write permissions as text; the description has a number.
                named["properties"]["default_member_permissions"] = json!({ "type": ["string", "integer", "null"] });
            }
            if name == "InnerErrors" {
                // The platform's documentation and its clients have words here, the description has numbers.
                named["properties"]["_errors"]["items"] = json!({ "required": ["code", "message"] });
            }
            waiting.extend(names_in(&named));
            found.insert(name, named);
        }
        found
    }
}

fn names_in(schema: &Value) -> BTreeSet<String> {
    match schema {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/components/schemas/"));
            fields.values().flat_map(names_in).chain(own.map(str::to_owned)).collect()
        }
        Value::Array(items) => items.iter().flat_map(names_in).collect(),
        _ => BTreeSet::new(),
    }
}
