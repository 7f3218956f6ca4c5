//! The native integration tests: one binary, so that it links once.

mod tidy;
//! The native integration tests: one binary, a module a subject.

#[cfg(test)]
mod scoring;
