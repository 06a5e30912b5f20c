//! Tests of the whole crate: code in, compact text out.

mod cut;
mod deep;
mod differential;
mod holes;
mod print;
