//! How long from a question to a stored and posted answer, and how many answers a second.

fn main() {}
