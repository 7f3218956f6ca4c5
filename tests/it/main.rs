//! The integration tests: one native binary.

#[cfg(test)]
mod billing;
