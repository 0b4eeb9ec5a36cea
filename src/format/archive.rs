//! Several files in one: a ZIP archive.

use std::io::Write;

use miniz_oxide::deflate::compress_to_vec;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use thiserror::Error;

/// How hard DEFLATE tries: pictures are packed already, and texts shrink soon.
const LEVEL: u8 = 3;

/// Why files cannot be put into an archive.
#[derive(Debug, Error)]
#[error("The files cannot be put into one archive: {0}.")]
pub struct ArchiveError(#[from] rawzip::Error);

/// Files with these names as the bytes of one archive. The same files always give the same bytes: no
/// file has a date.
///
/// # Errors
/// A name is longer than an archive can hold.
pub fn archive<B: AsRef<[u8]>>(files: &[(String, B)]) -> Result<Vec<u8>, ArchiveError> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, content) in files {
        let content = content.as_ref();
        let file = archive.new_file(name.as_str());
        let file = file.compression_method(CompressionMethod::DEFLATE);
        let (mut entry, _) = file.start()?;
        let packed = compress_to_vec(content, LEVEL);
        entry.write_all(&packed).map_err(rawzip::Error::from)?;
        let sum = crc32fast::hash(content);
        entry.finish(DataDescriptorOutput::new(sum, content.len() as u64))?;
    }
    Ok(archive.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use miniz_oxide::inflate::decompress_to_vec;

    use super::*;

    #[test]
    fn files_come_out_as_they_went_in() {
        let files = [
            (
                "01-Wartungsaufwand-für-Altsysteme.svg".to_owned(),
                vec![7_u8; 3_000],
            ),
            ("02-empty.png".to_owned(), Vec::new()),
        ];
        let bytes = archive(&files).unwrap();
        assert_eq!(bytes, archive(&files).unwrap());
        let read = rawzip::ZipArchive::from_slice(&bytes).unwrap();
        let mut entries = read.entries();
        let mut found = Vec::new();
        while let Some(entry) = entries.next_entry().unwrap() {
            let name = entry
                .file_path()
                .try_normalize()
                .unwrap()
                .as_ref()
                .to_owned();
            let there = read.get_entry(entry.wayfinder()).unwrap();
            let content = decompress_to_vec(there.data()).unwrap();
            // The sum and the size are those of the content.
            let mut checked = Vec::new();
            let mut reader = there.verifying_reader(content.as_slice());
            reader.read_to_end(&mut checked).unwrap();
            found.push((name, checked));
        }
        assert_eq!(found, files);
    }
}
