//! What helps an operator beside articles.

use super::named::named;

named! {
    /// What editors keep for operators beside articles, in files of the same kind.
    Aid {
        /// A standard reply.
        Reply => "replies",
        /// A link of the register.
        Link => "links",
    }
}
