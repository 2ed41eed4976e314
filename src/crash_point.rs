//! Marks the points between two steps where a test may kill the process.

/// Marks such a point; nothing at all in a build without the feature `testing`.
#[macro_export]
macro_rules! crash_point {
    ($name:literal) => {
        #[cfg(any(test, feature = "testing"))]
        $crate::testing::reached($name);
    };
}
