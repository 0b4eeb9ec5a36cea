//! Any document comes back, and any damage is read or refused.

use loopstream::format::json::{read, write};
use loopstream::format::{open_text, read_patch};
use loopstream::model::IdSource;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::document::{assert_valid, document as any_document};
use crate::common::hostile::{damage, damaged};

proptest! {
    #[test]
    fn what_is_written_is_read_back(document in any_document()) {
        let text = write(&document);
        let opened = read(&text).unwrap();
        prop_assert_eq!(&opened.document, &document);
        prop_assert!(opened.warnings.is_empty());
        prop_assert_eq!(write(&opened.document), text.clone());
        // However it comes: through a device that changes line ends, or opened by its content.
        prop_assert_eq!(&read(&text.replace('\n', "\r\n")).unwrap().document, &document);
        prop_assert_eq!(open_text(&text, &mut IdSource::new(1)).unwrap().document, document);
    }

    #[test]
    fn damaged_files_are_read_or_refused(document in any_document(), damage in vec(damage(), 1..4)) {
        let text = damaged(&write(&document), &damage);
        if let Ok(opened) = read(&text) {
            assert_valid(&opened.document);
            prop_assert_eq!(read(&write(&opened.document)).unwrap().document, opened.document);
        }
        let _ = open_text(&text, &mut IdSource::new(1)).map_err(|error| error.to_string());
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(text: String) {
        let _ = read(&text);
        let _ = read_patch(&text);
        let _ = open_text(&text, &mut IdSource::new(1));
    }
}
