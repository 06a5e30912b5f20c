//! The allocator of the process: mimalloc, by the shortest way through it.
//!
//! The `mimalloc` crate asks for every block with its alignment, and mimalloc then takes more than is wanted for most sizes and
//! cuts the block to fit. What it gives without being asked is aligned to 16 bytes already, or to 8 where 8 or less are wanted.

use libmimalloc_sys::{
    mi_free, mi_malloc, mi_malloc_aligned, mi_realloc, mi_realloc_aligned, mi_zalloc, mi_zalloc_aligned,
};
use std::alloc::{GlobalAlloc, Layout};

/// mimalloc.
pub(crate) struct Allocator;

/// Whether a block of this layout is aligned well enough without asking for it (`MI_MAX_ALIGN_SIZE` of mimalloc is 16; smaller
/// blocks are words).
fn is_plain(align: usize, size: usize) -> bool {
    align <= size && align <= 16
}

#[expect(unsafe_code, reason = "an allocator hands out raw memory")]
// SAFETY: each block is one of mimalloc, of at least the size that was asked for, and is given back to mimalloc alone. Its
// alignment is asked for, unless any block of the size has it (`is_plain`). Sizes are never zero (contract of `GlobalAlloc`).
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        let block = if is_plain(align, size) {
            unsafe { mi_malloc(size) }
        } else {
            unsafe { mi_malloc_aligned(size, align) }
        };
        block.cast()
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        let block = if is_plain(align, size) {
            unsafe { mi_zalloc(size) }
        } else {
            unsafe { mi_zalloc_aligned(size, align) }
        };
        block.cast()
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, _layout: Layout) {
        unsafe { mi_free(block.cast()) };
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let align = layout.align();
        let block = if is_plain(align, size) {
            unsafe { mi_realloc(block.cast(), size) }
        } else {
            unsafe { mi_realloc_aligned(block.cast(), size, align) }
        };
        block.cast()
    }
}

/// Asks for pages of the usual size for as long as the process lives, and what it starts.
///
/// A run of a fraction of a second uses little of each huge page, and the kernel clears them whole: the first run after a pause took 1.6
/// times as long with them (bench/README.md). For processes that start no others.
pub(crate) fn without_huge_pages() {
    #[cfg(target_os = "linux")]
    // Where the kernel does not know of it, nothing changes.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(test)]
#[expect(unsafe_code, reason = "an allocator hands out raw memory")]
mod tests {
    use super::*;

    /// Blocks of every size class and alignment: aligned, writable, and whole after they have grown and shrunk.
    #[test]
    fn blocks_are_aligned_and_keep_what_is_in_them() {
        for align in [1, 2, 4, 8, 16, 32, 64, 4096] {
            for size in (1..2_000).step_by(7).chain([4_096, 65_537, 1 << 20]) {
                let layout = Layout::from_size_align(size, align).unwrap();
                // SAFETY: the layout is not empty, and each block is used within its size and given back once.
                unsafe {
                    let block = Allocator.alloc(layout);
                    assert_eq!(block as usize % align, 0, "{layout:?}");
                    block.write_bytes(7, size);
                    let grown = Allocator.realloc(block, layout, 2 * size + 1);
                    assert_eq!(grown as usize % align, 0, "{layout:?} that grows");
                    assert!((0..size).all(|at| grown.add(at).read() == 7));
                    let layout = Layout::from_size_align(2 * size + 1, align).unwrap();
                    let shrunk = Allocator.realloc(grown, layout, size.div_ceil(2));
                    assert_eq!(shrunk as usize % align, 0, "{layout:?} that shrinks");
                    assert_eq!(shrunk.read(), 7);
                    Allocator.dealloc(shrunk, Layout::from_size_align(size.div_ceil(2), align).unwrap());
                    let zeroed = Allocator.alloc_zeroed(layout);
                    assert!((zeroed as usize).is_multiple_of(align) && zeroed.add(size).read() == 0);
                    Allocator.dealloc(zeroed, layout);
                }
            }
        }
    }
}
