//! Ids that follow from a seed and a key, so that a text that is read again gives the same records.

use std::collections::BTreeSet;

use crate::model::{Id, IdSource};

/// Ids by key, from one seed.
///
/// The way from a key to an id is part of the native format: files keep texts and the ids that were
/// made from them. It is never changed.
#[derive(Debug)]
pub struct Keyed {
    seed: u64,
    taken: BTreeSet<Id>,
}

impl Keyed {
    /// No ids yet.
    pub const fn new(seed: Id) -> Self {
        Self {
            seed: seed.bits(),
            taken: BTreeSet::new(),
        }
    }

    /// The id of a key; of a key that was asked for before, another one each time.
    pub fn id(&mut self, key: &str) -> Id {
        // FNV-1a (Fowler, Noll & Vo 1991) over the key, then the mixing of the source of ids.
        let mut hash = 0xCBF2_9CE4_8422_2325_u64 ^ self.seed;
        for byte in key.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        let mut source = IdSource::new(hash);
        loop {
            let id = source.fresh();
            if self.taken.insert(id) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_files_that_were_written_long_ago() {
        let mut keyed = Keyed::new(Id::from_bits(7));
        let ids: Vec<String> = ["v a", "v b", "v a", ""]
            .iter()
            .map(|key| keyed.id(key).to_string())
            .collect();
        assert_eq!(
            ids,
            ["LXFwWfm6Bmd", "B4QvPHaSiNu", "fWt07skTiE", "31qXtEeaUMg"]
        );
    }
}
