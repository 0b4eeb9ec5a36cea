//! What a text says of itself: its format and its version.

use crate::format::error::{Fault, Position, ReadError};
use crate::format::syntax::{Node, Value};

/// What `format` is in a file.
pub const FORMAT: &str = "loopstream";
/// What `format` is in a patch.
pub const PATCH_FORMAT: &str = "loopstream-patch";
/// The version that is written, and the newest that is read. What each version brought stands in
/// `docs/format.md`.
pub const VERSION: u32 = 6;

/// The version of a text of the given format, if it can be read.
///
/// # Errors
/// It is of another format, says no version, or is of a newer version than [`VERSION`].
pub fn version_of(root: &Node, text: &str, format: &str) -> Result<u32, ReadError> {
    let fault = |node: &Node, message: String| Fault {
        message,
        position: Some(Position::of(text, node.at)),
    };
    let other = |node: &Node, message: String| ReadError::OtherFormat(fault(node, message));
    if !matches!(root.value, Value::Object(_)) {
        let found = root.description();
        return Err(other(
            root,
            format!("this is not of the format \"{format}\": it is {found}, not an object"),
        ));
    }
    match root.field("format") {
        Some(node) if node.value == Value::Text(format.to_owned()) => {}
        Some(node) => {
            return Err(other(node, format!("format: this is not \"{format}\"")));
        }
        None => {
            return Err(other(
                root,
                format!("this is not of the format \"{format}\": format is missing"),
            ));
        }
    }
    let invalid =
        |node: &Node, message: &str| ReadError::Invalid(fault(node, message.to_owned()).into());
    let Some(node) = root.field("version") else {
        return Err(invalid(root, "version is missing"));
    };
    let Value::Number(number) = node.value else {
        return Err(invalid(node, "version: a whole number is needed"));
    };
    if number < 1.0 || number.fract() != 0.0 {
        return Err(invalid(node, "version: a whole number from 1 on is needed"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least one, and a number beyond u32 becomes the greatest"
    )]
    let version = number as u32;
    if version > VERSION {
        return Err(ReadError::Newer {
            version,
            supported: VERSION,
        });
    }
    Ok(version)
}
