//! Where the program leaves itself: the database, the platform. A simulation decides there who goes next and how it ends.

#[cfg(any(test, feature = "testing"))]
pub(crate) use crate::testing::pass;

/// Makes a call to something outside. In a build with the feature `testing` a simulation may let it wait or fail.
#[cfg(not(any(test, feature = "testing")))]
pub(crate) async fn pass<T, E>(
    _what: &'static str,
    call: impl Future<Output = Result<T, E>>,
    _failure: impl FnOnce() -> E,
) -> Result<T, E> {
    call.await
}
