//! The permissions that the fake checks, as the platform numbers them.

/// See the channel at all; without it the bot is told "Missing Access".
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write in a channel that is not a thread.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete what others wrote.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Show embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Send files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before, and reply to it.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Lock threads and see private ones.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Make a thread that everyone in the channel sees.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Make a thread that only its members see.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// Write in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// What the bot may do until a test takes something away.
pub(super) const GRANTED: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | MANAGE_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MANAGE_THREADS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What everybody in the guild may do.
pub(super) const EVERYONE: u64 = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | SEND_MESSAGES_IN_THREADS;
