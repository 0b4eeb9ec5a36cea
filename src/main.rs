//! Mounts the app on the page; everything else is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    loopstream::app::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("Loopstream runs in a browser: `./dev serve`");
}
