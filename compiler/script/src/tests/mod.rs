//! Tests of the whole crate: code in, compact text out.

mod bindings;
mod configs;
mod cursor;
mod cut;
mod deep;
mod differential;
mod enclosing;
mod erasing;
mod evaluated;
mod exports;
mod holes;
mod json;
mod leading;
mod modules;
mod numbers;
mod plain;
mod print;
mod problems;
mod props;
mod recovery;
mod robust;
mod tsx;
mod types;
