//! Vensim's binary files, which only Vensim reads.

/// The endings of Vensim's models, without the point.
const ENDINGS: [&str; 6] = ["mdl", "vmf", "vmfx", "vpm", "vpmx", "vpa"];

/// What to tell of a file that is called as a model of Vensim but is not the text of one; none where
/// it may be one.
#[must_use]
pub fn binary_warning(name: &str, bytes: &[u8]) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    let is_called = ENDINGS.contains(&ending.as_str());
    (is_called && is_binary(bytes)).then(|| {
        format!(
            "this is a binary model of Vensim, which only Vensim itself can read: open it there, \
             choose File, Save As, and the type “Vensim model text (.mdl)”, and open the .mdl here{}",
            if ending.starts_with("vp") {
                "; a package that was published without its model cannot be saved so"
            } else {
                ""
            }
        )
    })
}

/// Whether bytes are no text in any encoding: among the first there are characters that no text has.
/// UTF-16 has zeros, but then in every second place.
fn is_binary(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4096;
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return false;
    }
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |half: usize| {
        let half = start.iter().skip(half).step_by(2);
        half.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let is_utf_16 = even.max(odd) * 4 > start.len() && even.min(odd) * 8 <= even.max(odd);
    let is_of_no_text = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    let strange = start.iter().filter(is_of_no_text).count();
    !is_utf_16 && (even + odd > 0 || strange * 50 > start.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_models_say_how_to_save_them_as_text() {
        let mut bytes = b"VMF\x02\0\0\x01Population".to_vec();
        bytes.extend((0..=255).cycle().take(3000));
        for name in ["Model.vmf", "model.MDL", "x.vmfx", "x.vpmx"] {
            let told = binary_warning(name, &bytes).unwrap();
            assert!(told.contains("Save As") && told.contains(".mdl"), "{told}");
        }
        assert_eq!(binary_warning("picture.png", &bytes), None);
        assert_eq!(binary_warning("mdl", &bytes), None);
        let text = "{UTF-8}\r\na = b ~~|\t\u{7f}<%^E!@\r\n";
        assert_eq!(binary_warning("x.mdl", text.as_bytes()), None);
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(binary_warning("x.mdl", &utf_16), None);
        // Shift-JIS.
        assert_eq!(
            binary_warning("x.mdl", b"\x90l\x8c\xfb = \x8fo\x90\xb6 ~~|"),
            None
        );
        assert_eq!(binary_warning("x.mdl", b""), None);
    }
}
