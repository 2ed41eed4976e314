//! Points where a test may kill the process, as a power cut would.

/// The environment variable that names the point.
const POINT: &str = "FIRSTLINE_TEST_CRASH_AT";

/// The program has come to a point; if it is the one that the environment names, the process ends at once:
/// no destructor, no flush, no goodbye.
pub fn reached(point: &str) {
    if std::env::var(POINT).is_ok_and(|named| named == point) {
        std::process::abort();
    }
}
