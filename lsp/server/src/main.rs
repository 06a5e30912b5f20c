//! The language server of Velox.

fn main() {}
