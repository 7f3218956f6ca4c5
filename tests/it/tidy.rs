//! The shape of the source, checked by reading it.
