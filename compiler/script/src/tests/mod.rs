//! Tests of the whole crate: code in, compact text out.

mod cut;
mod differential;
mod holes;
mod print;
