//! Loops: finding them, signing them, naming them.
