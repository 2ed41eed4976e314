//! The description of the API, generated from the code.

use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi as _};

use super::{calls, employee, hand_on, incidents, learned, operate, operator, own, plan, stuck};
use crate::desk::health;

/// What is described.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Firstline",
        description = "Ask, be answered, or be handed to a person.\n\nMembers that are not described are passed over in requests. Bodies may hold 64 KB. Identity numbers, cards, accounts and passwords are taken out of every text before it is kept.",
    ),
    paths(
        employee::begin,
        employee::read,
        employee::write,
        employee::choose,
        operator::list,
        operator::read,
        operator::similar,
        operate::claim,
        operate::release,
        operate::reply,
        operate::note,
        operate::resolve,
        incidents::list,
        incidents::announce,
        incidents::change,
        hand_on::transfer,
        hand_on::merge,
        hand_on::duplicates,
        plan::prioritise,
        plan::snooze,
        plan::wake,
        calls::register,
        own::read,
        own::add,
        own::reopen,
        stuck::list,
        stuck::retry,
        stuck::dismiss,
        learned::list,
        learned::approve,
        learned::decline,
        health::lives,
        health::ready,
        health::figures,
    ),
    tags(
        (name = "employee", description = "For systems that let employees ask. The conversation's secret opens it."),
        (name = "operator", description = "For systems that work in the desk. Each token is an operator of every group."),
        (name = "health", description = "For those who run Firstline."),
    ),
    modifiers(&Tokens)
)]
struct Described;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, openapi: &mut OpenApi) {
        let bearer = |description| {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description));
            SecurityScheme::Http(scheme.build())
        };
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("conversation", bearer("The secret that the conversation's beginning answered with."));
        components.add_security_scheme("operator", bearer("A token from the configuration (`FIRSTLINE_API_TOKENS`)."));
    }
}

/// The description.
pub(super) fn described() -> OpenApi {
    Described::openapi()
}
