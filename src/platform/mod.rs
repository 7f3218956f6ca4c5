//! What the browser gives: clock, zone, ids, files, locks.
