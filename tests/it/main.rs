//! The native integration tests: one binary, so that it links once. `cfg(test)` tells clippy that helpers may unwrap.

#[cfg(test)]
mod handoff;
#[cfg(test)]
mod scoring;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod vault;
//! The integration tests: one native binary.

#[cfg(test)]
mod billing;
