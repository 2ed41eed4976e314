//! What is read of `[sign_in]`, given in the environment.

use std::time::Duration;

use super::{Employees, ProviderKind, SignInConfig};
use crate::config::{Config, ConfigError};
use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::ids::GroupId;
use crate::domain::permission::{Membership, Role, Roles};
use crate::domain::vouched::Vouched;

fn load(variables: &[(&str, &str)]) -> Result<SignInConfig, ConfigError> {
    let shipped = Thresholds { answer: PerMille::new(600), offer: PerMille::new(250) };
    let named = |(name, value): &(&str, &str)| (format!("FIRSTLINE_SIGN_IN_{name}"), (*value).to_owned());
    Config::load(None, variables.iter().map(named), shipped).map(|config| config.sign_in)
}

const TENANT: (&str, &str) = ("TENANT", "8A5C2F0E-0000-4000-8000-00000000ABCD");
const CLIENT: (&str, &str) = ("CLIENT_ID", "firstline");

#[test]
fn nobody_vouches_for_anybody_by_default() {
    let sign_in = load(&[]).unwrap();
    assert!(sign_in.by.is_none() && sign_in.employees == Employees::Open);
    assert_eq!((sign_in.idle, sign_in.lasts), (Duration::from_hours(2), Duration::from_hours(12)));
}

#[test]
fn each_kind_of_provider_needs_little() {
    let entra = load(&[("KIND", "entra"), CLIENT, TENANT]).unwrap();
    let entra = entra.provider().unwrap();
    let tenant = TENANT.1.to_lowercase();
    assert_eq!(entra.issuer, format!("https://login.microsoftonline.com/{tenant}/v2.0"));
    assert_eq!((&entra.kind, entra.name.as_str()), (&ProviderKind::Entra { tenant }, "Microsoft"));

    let feide = load(&[("KIND", "feide"), CLIENT]).unwrap();
    let feide = feide.provider().unwrap();
    assert_eq!((feide.issuer.as_str(), feide.name.as_str()), ("https://auth.dataporten.no", "Feide"));
    assert!(feide.scopes.contains(&"groups-org".to_owned()));

    let issuer = ("ISSUER", "https://login.example.org:8443/realms/it/");
    let generic = load(&[CLIENT, issuer, ("SCOPES", "openid,profile,teams")]).unwrap();
    let generic = generic.provider().unwrap();
    assert_eq!(
        (generic.issuer.as_str(), generic.name.as_str()),
        (issuer.1, "login.example.org"),
        "exactly as its tokens name it"
    );
    assert_eq!(generic.scopes, ["profile", "teams"]);
}

#[test]
fn a_pattern_and_a_table_name_the_groups_and_a_table_the_roles() {
    let sign_in = load(&[
        CLIENT,
        ("ISSUER", "https://login.example.org"),
        ("ROLES", r#"{ operator = ["desk", "vakt"], auditor = "revisjon" }"#),
        ("GROUP_PATTERN", "fl-{group}"),
        ("GROUPS", r#"{ clinical = ["emr"] }"#),
        ("EVERY_GROUP", "alle,vakt"),
    ]);
    let rights = sign_in.unwrap().rights;
    let of = |titles: &[&str]| {
        let titles = titles.iter().map(|title| (*title).to_owned()).collect();
        let rights = rights.rights(&Vouched { key: String::new(), name: None, email: None, titles });
        (rights.roles, rights.groups)
    };
    let some = |groups: &[&str]| Membership::Some(groups.iter().map(|group| GroupId::new(*group)).collect());
    assert_eq!(of(&["desk", "fl-general", "emr"]), (Roles::operator(), some(&["clinical", "general"])));
    assert_eq!(of(&["desk", "fl-clinical"]), (Roles::operator(), some(&["clinical"])));
    assert_eq!(of(&["vakt"]), (Roles::operator(), Membership::Every));
    assert_eq!(of(&["revisjon"]).0, Roles::from([Role::Auditor]));
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_to_do() {
    let issuer = ("ISSUER", "https://login.example.org");
    let proxy = ("PROXY_HEADER", "X-Remote-User");
    let cases: [(&[(&str, &str)], &str); 16] = [
        (&[issuer], "FIRSTLINE_SIGN_IN_ISSUER needs client_id beside it"),
        (&[CLIENT], "FIRSTLINE_SIGN_IN_CLIENT_ID needs `issuer` under [sign_in]"),
        (&[CLIENT, ("KIND", "entra")], "FIRSTLINE_SIGN_IN_CLIENT_ID needs `tenant`"),
        (&[CLIENT, ("KIND", "entra"), ("TENANT", "organizations")], "must be the tenant's id"),
        (&[CLIENT, ("KIND", "azure")], "FIRSTLINE_SIGN_IN_KIND must be entra, feide or generic"),
        (&[CLIENT, ("ISSUER", "http://login.example.org")], "must be an https:// address"),
        (&[CLIENT, ("ISSUER", "http://127.0.0.1.evil.example")], "must be an https:// address"),
        (&[CLIENT, issuer, ("ROLES", "{ boss = [\"x\"] }")], "boss is not a known key"),
        (&[CLIENT, issuer, ("GROUPS", "{ clinicl = [\"x\"] }")], "did you mean clinical?"),
        (&[CLIENT, issuer, ("GROUP_PATTERN", "firstline")], "a name with {group} in the place of the group's id"),
        (&[CLIENT, issuer, ("IDLE_MINUTES", "0")], "FIRSTLINE_SIGN_IN_IDLE_MINUTES must be a whole number from 1 to 1440"),
        (&[("EMPLOYEES", "required")], "give client_id or proxy_header"),
        (&[proxy], "FIRSTLINE_SIGN_IN_PROXY_HEADER needs the proxy's own addresses beside it"),
        (&[proxy, CLIENT, issuer, ("TRUSTED_PROXIES", "10.0.0.1")], "one of them vouches for people"),
        (&[proxy, ("TRUSTED_PROXIES", "10.0.0.0/40")], "must be an address such as 10.0.0.7"),
        (&[("PROXY_HEADER", "Cookie"), ("TRUSTED_PROXIES", "10.0.0.1")], "the name of a header that the proxy sets"),
    ];
    for (variables, said) in cases {
        let complaint = load(variables).unwrap_err().to_string();
        assert!(complaint.contains(said), "{variables:?}: {complaint}");
    }
}
