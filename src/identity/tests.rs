//! How claims are read, in the shapes that services send them in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::claims::{Said, entra};
use crate::ports::IdentityError;

const TENANT: &str = "8a5c2f0e-0000-4000-8000-00000000abcd";

fn claims(value: &Value) -> BTreeMap<String, Value> {
    serde_json::from_value(value.clone()).unwrap()
}

fn titles(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_person_of_entra_is_known_by_tenant_and_object_and_only_in_the_own_tenant() {
    let token = json!({ "tid": TENANT.to_uppercase(), "oid": "kari", "roles": ["Firstline.Operator"], "groups": ["g-1"] });
    let nothing = Value::Null;
    let kari = claims(&token);
    let person = entra(TENANT, &Said { token: &kari, userinfo: &nothing }).unwrap();
    assert_eq!(person.key, format!("entra|{TENANT}|kari"));
    assert_eq!(person.titles, titles(&["Firstline.Operator", "g-1"]));

    for other in [json!({ "tid": "9a5c2f0e-0000-4000-8000-00000000abcd", "oid": "kari" }), json!({ "oid": "kari" })] {
        let token = claims(&other);
        assert_eq!(entra(TENANT, &Said { token: &token, userinfo: &nothing }), Err(IdentityError::Elsewhere), "{other}");
    }
    let nameless = claims(&json!({ "tid": TENANT }));
    assert!(matches!(entra(TENANT, &Said { token: &nameless, userinfo: &nothing }), Err(IdentityError::NotBelieved { .. })));
}

#[test]
fn roles_are_found_wherever_a_service_keeps_them() {
    let token = claims(&json!({
        "roles": ["a", "b"],
        "role": "c",
        "realm_access": { "roles": ["d"] },
        "https://helse.example/claims/groups": ["e"],
        "teams": [{ "id": "f", "displayName": "F" }, { "displayName": "without an id" }, 7],
    }));
    let userinfo = json!({ "roles": ["elsewhere"], "groups": ["g"], "resource": { "desk": ["h"] } });
    let said = Said { token: &token, userinfo: &userinfo };
    let cases: [(&str, &[&str]); 9] = [
        ("roles", &["a", "b"]),
        ("role", &["c"]),
        ("realm_access.roles", &["d"]),
        ("https://helse.example/claims/groups", &["e"]),
        ("teams", &["f"]),
        ("groups", &["g"]),
        ("resource.desk", &["h"]),
        ("realm_access.groups", &[]),
        ("nothing", &[]),
    ];
    for (claim, found) in cases {
        assert_eq!(said.names(claim), titles(found), "{claim}");
    }
}
