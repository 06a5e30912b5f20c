//! Sets what the linker needs for an add-on of Node.

fn main() {
    napi_build::setup();
}
