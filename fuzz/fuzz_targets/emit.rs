//! Any text as a project: see [`velox_fuzz::emit_project`].

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: velox_fuzz::init(), |data: &[u8]| velox_fuzz::run(data, velox_fuzz::emit_project));
