//! What the pages of standard replies and of links say, where that differs: the keys of their sentences.

use crate::domain::aid::Aid;

/// The sentences of one kind, and where its list is.
pub(super) struct Words {
    pub(super) list: &'static str,
    pub(super) nav: &'static str,
    pub(super) new: &'static str,
    pub(super) lead: &'static str,
    pub(super) found: &'static str,
    pub(super) retired: &'static str,
    pub(super) undo: &'static str,
    pub(super) taken: &'static str,
    pub(super) slug_hint: &'static str,
    pub(super) to_list: &'static str,
    pub(super) saved: &'static str,
    pub(super) not_yours: &'static str,
    pub(super) title: &'static str,
    pub(super) tags_hint: &'static str,
    pub(super) text: &'static str,
    pub(super) text_hint: &'static str,
    pub(super) retire_title: &'static str,
    pub(super) unconfirmed: &'static str,
    pub(super) changed_meanwhile: &'static str,
    pub(super) not_saved: &'static str,
    pub(super) unusable: &'static str,
    pub(super) commit_new: &'static str,
    pub(super) commit_changed: &'static str,
    pub(super) commit_retired: &'static str,
    pub(super) commit_restored: &'static str,
}

impl Words {
    /// Those of a kind.
    pub(super) const fn of(aid: Aid) -> &'static Self {
        match aid {
            Aid::Reply => &REPLIES,
            Aid::Link => &LINKS,
        }
    }
}

const REPLIES: Words = Words {
    list: "/desk/replies",
    nav: "replies.nav",
    new: "replies.new",
    lead: "replies.lead",
    found: "replies.found",
    retired: "replies.retired",
    undo: "replies.undo",
    taken: "replies.taken",
    slug_hint: "replies.slug_hint",
    to_list: "replies.to_list",
    saved: "replies.saved",
    not_yours: "replies.not_yours",
    title: "editor.title",
    tags_hint: "replies.tags_hint",
    text: "replies.text",
    text_hint: "replies.text_hint",
    retire_title: "replies.retire_title",
    unconfirmed: "replies.unconfirmed",
    changed_meanwhile: "replies.changed_meanwhile",
    not_saved: "replies.not_saved",
    unusable: "replies.unusable",
    commit_new: "replies.commit_new",
    commit_changed: "replies.commit_changed",
    commit_retired: "replies.commit_retired",
    commit_restored: "replies.commit_restored",
};

const LINKS: Words = Words {
    list: "/desk/links",
    nav: "links.nav",
    new: "links.new",
    lead: "links.lead",
    found: "links.found",
    retired: "links.retired",
    undo: "links.undo",
    taken: "links.taken",
    slug_hint: "links.slug_hint",
    to_list: "links.to_list",
    saved: "links.saved",
    not_yours: "links.not_yours",
    title: "links.title",
    tags_hint: "links.tags_hint",
    text: "links.text",
    text_hint: "links.text_hint",
    retire_title: "links.retire_title",
    unconfirmed: "links.unconfirmed",
    changed_meanwhile: "links.changed_meanwhile",
    not_saved: "links.not_saved",
    unusable: "links.unusable",
    commit_new: "links.commit_new",
    commit_changed: "links.commit_changed",
    commit_retired: "links.commit_retired",
    commit_restored: "links.commit_restored",
};
