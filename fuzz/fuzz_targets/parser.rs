//! Any text: see [`velox_fuzz::sound_trees`].

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: velox_fuzz::init(), |data: &[u8]| velox_fuzz::run(data, velox_fuzz::sound_trees));
