//! The invented clinic: a seeded generator.
