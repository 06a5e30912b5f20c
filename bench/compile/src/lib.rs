//! What is measured, apart from how: the compiler's stages in a row without its database, and with a fresh one.
//!
//! The binary and the Node add-on of `bench/napi` share it, so that both measure the same work. It decides nothing of the
//! language, and reads no files but for [`corpus`].

pub mod corpus;
pub mod database;
pub mod machine;
pub mod pipeline;

/// Compilers allocate many small things; native peers bring an allocator along as well. README.md has the figure without it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
