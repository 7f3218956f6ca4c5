//! Measures: definitions as data, one generic scorer, safety rules on raw answers.
