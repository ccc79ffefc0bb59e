//! How the C library keeps this program's memory. Nothing comes in and nothing goes out; never called beside another
//! thread.

/// Has glibc keep one heap for all threads and give large pieces back at once. Feeds are read on threads that come and go; with
/// a heap for each, as is its default, the preview of `benches/pull.py` holds a tenth more. Other libraries are left as
/// they are.
pub fn keep_small() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "the one way to tell the C library")]
    // SAFETY: mallopt(3) takes numbers only, and no other thread asks for memory yet.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}

/// A piece of so many bytes goes back to the system when it is let go.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 1 << 20;
