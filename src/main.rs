//! Mounts the app on the page; everything else is in the library.

fn main() {
    #[cfg(all(target_arch = "wasm32", feature = "app"))]
    loopstream::app::start();
    #[cfg(not(all(target_arch = "wasm32", feature = "app")))]
    eprintln!("Loopstream runs in a browser: `./dev serve`");
}
