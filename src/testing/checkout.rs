//! Where the sources are that a test was built from.

use std::path::PathBuf;

/// The folder that `Cargo.toml` is in.
///
/// Cargo says it when it runs a test; the compiler's word for it is only the second choice, since a target folder that several
/// checkouts share may hold a test that was built in another one.
#[must_use]
pub fn checkout() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}
