//! Points where a test may kill the process, as a power cut would.

/// The environment variable that names the point, or `@` and a file that names one from then on.
///
/// A file lets a test wait for the right moment: nothing happens at any point until the file is there.
const POINT: &str = "FIRSTLINE_TEST_CRASH_AT";

/// The program has come to a point; if it is the one that is named, the process ends at once:
/// no destructor, no flush, no goodbye.
pub fn reached(point: &str) {
    let Ok(named) = std::env::var(POINT) else { return };
    let is_it = match named.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file).is_ok_and(|armed| armed.trim() == point),
        None => named == point,
    };
    if is_it {
        std::process::abort();
    }
}
