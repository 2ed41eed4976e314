//! Stories that the whole product must keep telling.

mod pages;
