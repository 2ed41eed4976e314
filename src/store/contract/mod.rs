//! The contract of [`Store`], as stories that every backend passes. What is not told here, no backend promises.

mod amendments;
mod attachments;
mod cards;
mod conversations;
mod desk;
mod drafts;
mod errands;
pub(super) mod evening;
mod feedback;
mod incidents;
mod learned;
mod lists;
mod merging;
mod reply_tokens;
mod sign_ins;
mod tickets;
mod unanswered;

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::BoxFuture;

use crate::ports::Store;

/// A database of its own for one story.
#[async_trait]
pub trait Backend: Send + Sync {
    /// Closes what was opened before, if anything, and opens the same database anew.
    async fn open(&self) -> Arc<dyn Store>;
}

/// One story; it panics where a backend breaks the contract.
pub struct Story {
    /// What it tells.
    pub name: &'static str,
    /// Plays it on an empty database.
    pub play: fn(&dyn Backend) -> BoxFuture<'_, ()>,
}

macro_rules! stories {
    ($($part:ident: $($name:ident),+;)+) => {
        /// Every story.
        pub const STORIES: &[Story] = &[$($(
            Story { name: stringify!($name), play: |backend| Box::pin($part::$name(backend)) },
        )+)+];
    };
}

stories! {
    amendments:
        what_was_changed_is_kept_and_what_stands_is_found,
        a_deleted_text_is_gone_wherever_it_stood,
        a_post_is_found_by_the_line_that_it_shows,
        places_are_watched_until_their_matter_is_over;
    attachments:
        a_file_leads_to_its_line,
        the_same_upload_twice_is_one_file;
    conversations:
        a_question_and_its_answer_are_found_again,
        every_kind_of_line_reads_as_it_was_said,
        many_decisions_at_once_are_all_kept,
        the_same_message_twice_is_one,
        a_stale_decision_leaves_nothing_behind,
        a_failing_decision_fails_alone,
        two_openings_at_one_place_become_one_conversation,
        a_matter_that_is_over_makes_way_for_a_new_one,
        events_replayed_make_the_stored_state,
        everybodys_events_are_read_page_by_page,
        everything_is_there_after_a_restart;
    tickets:
        of_many_who_take_a_ticket_one_wins,
        numbers_count_up_without_gaps_or_doubles,
        the_most_urgent_comes_first_and_then_the_oldest,
        a_list_is_narrowed_by_status_group_and_limit,
        employees_find_their_own_tickets_alone,
        lines_tell_the_number_and_keep_notes_from_the_employee,
        a_resolved_ticket_names_who_resolved_it;
    lists:
        a_list_is_narrowed_by_who_has_tickets_and_how_they_stand,
        a_search_finds_parts_of_words_in_what_was_asked_and_said,
        a_list_is_read_page_by_page_in_every_order,
        what_is_put_aside_is_known_to_come_back;
    merging:
        duplicates_are_listed_until_they_are_opened_again,
        of_two_tickets_merged_into_each_other_one_stays_open,
        a_merge_that_would_make_a_chain_leaves_nothing_behind;
    unanswered:
        questions_that_no_article_answered_are_listed_with_the_reason,
        unanswered_questions_are_read_page_by_page,
        what_was_asked_lately_is_listed_without_what_was_said_besides;
    errands:
        a_conversation_gives_out_one_errand_at_a_time,
        an_errand_is_given_to_one_of_many,
        a_hold_that_runs_out_is_given_out_again,
        a_postponed_errand_holds_back_the_later_ones,
        a_given_up_errand_is_shown_and_makes_way,
        a_given_up_errand_is_tried_again_once_for_each_wish,
        a_dismissed_errand_is_not_done_and_forgotten_in_time,
        an_errand_that_is_put_back_was_not_tried,
        receipts_of_what_is_over_are_forgotten_in_time,
        a_room_is_found_while_it_is_being_made,
        what_is_left_on_the_platform_is_remembered,
        done_errands_are_forgotten_in_time;
    cards:
        every_card_leads_to_its_ticket_and_a_new_one_names_the_one_before,
        operators_talk_about_a_ticket_in_the_place_where_they_began;
    desk:
        a_link_is_used_up_by_exactly_one,
        a_session_ends_when_its_time_is_over,
        a_session_that_is_used_goes_on_and_a_closed_one_does_not_come_back,
        a_person_is_signed_out_everywhere_and_nobody_else,
        a_session_that_is_opened_again_is_as_it_was_opened_last,
        expired_sessions_are_forgotten,
        watermarks_move,
        it_answers;
    drafts:
        a_draft_is_kept_through_a_restart_for_its_operator_ticket_and_kind,
        the_last_write_wins,
        what_was_sent_does_not_come_back,
        old_drafts_are_forgotten;
    reply_tokens:
        a_way_to_answer_is_good_for_its_time,
        a_way_to_answer_is_found_by_what_it_said_last,
        one_message_stands_in_a_place;
    incidents:
        an_incident_is_found_again_with_all_that_was_told_of_it,
        incidents_count_up_and_a_stale_change_leaves_nothing,
        an_incident_is_announced_once_for_each_receipt,
        links_are_counted_listed_and_taken_away,
        an_end_is_told_to_those_who_wait_page_by_page,
        a_link_that_comes_after_the_end_is_told_of_too,
        of_links_and_an_end_at_the_same_moment_none_is_forgotten;
    learned:
        a_question_that_was_answered_is_proposed_for_its_article,
        the_same_conversation_and_the_same_person_count_once,
        a_reply_is_no_confirmation_until_it_helped,
        what_an_editor_decided_stays_decided,
        what_may_count_is_approved_or_confirmed_by_enough,
        an_article_takes_only_so_many,
        a_list_is_read_page_by_page,
        lessons_at_the_same_moment_are_all_counted,
        telling_events_come_in_order_and_no_others;
    sign_ins:
        a_sign_in_is_remembered_through_a_restart_and_once,
        a_sign_in_is_forgotten_after_two_days;
    feedback:
        a_reader_has_one_vote_on_an_article,
        remarks_are_read_newest_first,
        articles_are_counted_as_they_are_shown_and_judged,
        only_what_happened_since_that_day_is_told;
}
