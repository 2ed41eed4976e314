//! The nouns: what a support conversation is and what follows from what. Pure: same inputs, same decision.

pub mod advice;
pub mod aid;
pub mod amending;
pub mod answer;
pub mod article;
pub mod attachment;
pub mod conversation;
pub mod course;
pub mod decision;
pub mod draft;
pub mod employee_side;
pub mod event;
pub mod explanation;
pub mod feedback;
pub mod flaw;
pub mod gap;
pub mod glossary;
pub mod hearing;
pub mod history;
pub mod ids;
pub mod incident;
pub mod lang;
pub mod learned;
pub mod link;
pub mod message;
mod named;
pub mod notice;
pub mod obstacle;
pub mod operator_side;
pub mod own_side;
pub mod own_ticket;
pub mod permission;
pub mod phone;
pub mod place;
pub mod policy;
pub mod reply;
pub mod room;
pub mod routing;
pub mod supported;
pub mod ticket;
pub mod time;
pub mod vouched;

#[cfg(test)]
mod tests;
