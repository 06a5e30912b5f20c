//! The compiler as an add-on of Node, so that it is measured as its native peers are: strings cross into JavaScript.
//!
//! For the benchmark alone: it resolves no imports and reports one problem.

use napi_derive::napi;

/// What a file becomes.
#[napi(object)]
pub struct Compiled {
    /// An ES module.
    pub code: String,
    /// Its source map, as JSON.
    pub map: String,
}

/// Compiles one `.velox` file; throws the first problem of its syntax.
#[napi]
pub fn compile(text: String, filename: String) -> napi::Result<Compiled> {
    let compiled = velox_bench::pipeline::compile(&filename, &text).map_err(napi::Error::from_reason)?;
    Ok(Compiled { code: compiled.code, map: compiled.map })
}
