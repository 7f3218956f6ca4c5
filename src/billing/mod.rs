//! Countable time, the service month, payer profiles, gates.
