//! The native integration tests: one binary, so that it links once. `cfg(test)` tells clippy that helpers may unwrap.

#[cfg(test)]
mod billing;
#[cfg(test)]
mod care;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod handoff;
#[cfg(test)]
mod import;
#[cfg(test)]
mod inspect;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod learned;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod registry;
#[cfg(test)]
mod safety;
#[cfg(test)]
mod scoring;
#[cfg(test)]
mod store;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod vault;
