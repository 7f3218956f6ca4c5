//! The pages: routes, state, components. Browser only.

pub mod service;
