//! A link as a QR code (ISO/IEC 18004), for a camera across the room.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::scene::{Ink, Theme};

/// The longest text that a QR code holds, in bytes: version 40 with the least error correction.
pub const LONGEST_QR: usize = 2_953;
/// The margin that a reader needs around it, in modules.
const QUIET: i32 = 4;

/// The code as an SVG file, dark on light whatever the theme, as readers want it; none of a text that
/// is too long.
#[must_use]
pub fn qr_svg(text: &str) -> Option<String> {
    // Correction grows where the same size has room for it.
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let side = code.size() + 2 * QUIET;
    let (paper, ink) = (
        Theme::Print.color(Ink::Paper),
        Theme::Print.color(Ink::Text),
    );
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{0}\" \
         viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\n\
         <rect width=\"{side}\" height=\"{side}\" fill=\"{paper}\"/>\n\
         <path fill=\"{ink}\" d=\"{1}\"/>\n</svg>\n",
        side * pixels_of(side),
        path(&code)
    ))
}

/// How many pixels a side of a module has: whole ones, for readers count on even modules, and enough for
/// the code to be seen.
const fn pixels_of(side: i32) -> i32 {
    const LEAST: i32 = 3;
    const SEEN: i32 = 320;
    let pixels = SEEN / side;
    if pixels < LEAST { LEAST } else { pixels }
}

/// The dark modules, each run of a row as a box.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y));
            let length = run.count() as i32;
            if length > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += length.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that the path of an SVG darkens, row by row, with the quiet zone.
    fn modules(svg: &str) -> Vec<Vec<bool>> {
        let side: usize = svg
            .split("viewBox=\"0 0 ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let mut dark = vec![vec![false; side]; side];
        let path = svg
            .split(" d=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        for run in path.split('M').skip(1) {
            let (corner, rest) = run.split_once('h').unwrap();
            let (x, y) = corner.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = rest.split('v').next().unwrap().parse().unwrap();
            dark[y][x..x + length].fill(true);
        }
        dark
    }

    #[test]
    fn the_picture_has_the_modules_of_the_code_and_paper_around_them() {
        let text = "https://example.org/loopstream/#view=abcdefgh";
        let dark = modules(&qr_svg(text).unwrap());
        let code = QrCode::encode_text(text, QrCodeEcc::Low).unwrap();
        for (y, row) in dark.iter().enumerate() {
            for (x, is_dark) in row.iter().enumerate() {
                // Beyond its edge the code is light.
                let (x, y) = (x as i32 - QUIET, y as i32 - QUIET);
                assert_eq!(*is_dark, code.get_module(x, y), "{x} {y}");
            }
        }
        // The three corners by which readers find it.
        for (x, y) in [(4, 4), (dark.len() - 11, 4), (4, dark.len() - 11)] {
            assert!(dark[y][x..x + 7].iter().all(|is_dark| *is_dark));
            assert!(dark[y + 1][x] && !dark[y + 1][x + 1]);
        }
    }

    #[test]
    fn a_text_is_too_long_beyond_the_limit_and_not_before() {
        assert!(qr_svg(&"x".repeat(LONGEST_QR)).is_some());
        assert!(qr_svg(&"x".repeat(LONGEST_QR + 1)).is_none());
    }
}
