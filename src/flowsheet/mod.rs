//! The dated numbers of one chart: a pure projection of its entries.
