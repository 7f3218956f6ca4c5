//! One open registry: the queue through which every read and write goes.
