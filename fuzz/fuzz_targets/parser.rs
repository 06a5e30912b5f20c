//! Any text: see [`velox_fuzz::sound_trees`] and [`velox_fuzz::quick_as_slow`].

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: velox_fuzz::init(), |data: &[u8]| velox_fuzz::run(data, |text| {
    velox_fuzz::sound_trees(text);
    velox_fuzz::quick_as_slow(text);
}));
