//! Identities, key slots, sealed envelopes.
