//! The program that is in a room with others: hears the page, holds the line to the relay.
//!
//! What it does is in the room `together`; here is only how it talks, waits and reaches the relay.

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("The program runs in a browser: `./dev serve`");
}
