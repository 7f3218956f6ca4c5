//! Graph model to SVG string.
