//! The native integration tests: one binary, a module a subject.

#[cfg(test)]
mod handoff;
