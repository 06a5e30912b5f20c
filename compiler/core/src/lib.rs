//! The meaning of `.velox` files, and the code that is made of them. Pure: no salsa, no IO.
//!
//! `analyze` says what is wrong, `effects` what runs where, `route` what answers which URL, `emit` what runs. Spans come in relative to their regions
//! and leave in file offsets.

pub mod ambient;
pub mod analyze;
pub mod effects;
pub mod emit;
pub mod formatting;
pub mod held;
pub mod holes;
pub mod lift;
pub mod resolve;
pub mod route;
mod unit;

pub use unit::VeloxFile;

/// A content hash, in hexadecimal digits (BLAKE3).
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
