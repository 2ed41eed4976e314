//! The description and the API are the same thing told twice.

use axum::http::{StatusCode, header};
use serde_json::{Map, Value, json};

use super::house::{House, Reply};

/// The description itself, and the bare folder, where there is nothing.
const UNDESCRIBED: [&str; 2] = ["/openapi.json", "/api/"];

/// Fails unless the answer is one that the description foresees, in the shape that it gives.
pub(super) fn as_described(description: &Value, method: &str, path: &str, reply: &Reply) {
    let Some(operation) = operation(description, method, path) else { return };
    let (exact, class) = (reply.status.as_str(), format!("{}XX", &reply.status.as_str()[..1]));
    let responses = &operation["responses"];
    let response = responses.get(exact).or_else(|| responses.get(&class));
    let Some(response) = response else {
        // What the program answers everywhere when it cannot work at all.
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{method} {path} answered what is not described");
        return;
    };
    let sent = reply.headers.get(header::CONTENT_TYPE).unwrap().to_str().unwrap().split(';').next().unwrap();
    let schema = &response["content"][sent]["schema"];
    assert!(schema.is_object(), "{method} {path} answered {exact} as {sent}, which is not described");
    if sent != "text/plain" {
        holds(description, schema, &reply.json, &format!("{method} {path} {exact}"));
    }
}

fn operation<'d>(description: &'d Value, method: &str, path: &str) -> Option<&'d Value> {
    let parts: Vec<&str> = path.split('/').collect();
    let paths = description["paths"].as_object().unwrap();
    let same = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        template.len() == parts.len() && template.iter().zip(&parts).all(|(t, p)| t.starts_with('{') || t == p)
    };
    paths.iter().find(|(template, _)| same(template)).and_then(|(_, operations)| operations.get(method))
}

fn holds(description: &Value, schema: &Value, instance: &Value, place: &str) {
    let rooted = json!({ "allOf": [schema], "components": description["components"] });
    let validator = jsonschema::validator_for(&rooted).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{place} is not as described: {errors:#?}\n{instance:#}");
}

#[tokio::test]
async fn the_description_names_every_route_and_no_other() {
    let served = House::new().await.call("GET", "/api/openapi.json", None, None).await;
    assert!(served.json["openapi"].as_str().unwrap().starts_with("3."));
    let described: Vec<&String> = served.json["paths"].as_object().unwrap().keys().collect();
    let under = |source: &str, prefix: &str| -> Vec<String> {
        let routes = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
        routes.filter(|route| !UNDESCRIBED.contains(route)).map(|route| format!("{prefix}{route}")).collect()
    };
    let mut routed = under(include_str!("../mod.rs"), "/api/v1");
    routed.extend(under(include_str!("../../health.rs"), ""));
    routed.sort();
    assert_eq!(described, routed.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn every_described_method_is_routed_and_others_are_told_which_are() {
    let house = House::new().await;
    let description = house.call("GET", "/api/openapi.json", None, None).await.json;
    for (template, operations) in description["paths"].as_object().unwrap() {
        let path = template.replace("{id}", "1").replace("{number}", "1").replace("{action}", "human");
        for method in operations.as_object().unwrap().keys() {
            let reply = house.call(&method.to_uppercase(), &path, None, None).await;
            assert_ne!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
        if path.starts_with("/api") {
            let reply = house.call("PUT", &path, None, None).await;
            assert_eq!((reply.status, &reply.json["status"]), (StatusCode::METHOD_NOT_ALLOWED, &json!(405)), "{path}");
            assert!(reply.headers.contains_key(header::ALLOW), "{path}");
        }
    }
}

#[tokio::test]
async fn every_reference_of_the_description_leads_somewhere() {
    let description = House::new().await.call("GET", "/api/openapi.json", None, None).await.json;
    let mut open = vec![&description];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref") {
                    assert!(description.pointer(&to[1..]).is_some(), "{to}");
                }
                open.extend(Map::values(members));
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}
