//! A document as the matcher reads it: numbered variables and links, forwards and backwards.

use crate::causal::component::components;
use crate::model::{Delay, Document, Id, Polarity, Records};

/// No variable, no link, nothing known yet.
pub(super) const NONE: u32 = u32::MAX;

/// A way to the next variable along a link, with or against its direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) link: u32,
    pub(super) next: u32,
}

/// One link.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) polarity: Polarity,
    pub(super) delay: Delay,
}

/// The variables and links of a document, numbered in the order of their ids.
#[derive(Clone, Debug)]
pub(super) struct Web {
    pub(super) variables: Vec<Id>,
    pub(super) links: Vec<Id>,
    pub(super) strands: Vec<Strand>,
    /// The strongly connected component of each variable.
    pub(super) component: Vec<u32>,
    onwards: Arcs,
    back: Arcs,
}

/// The arcs at each variable: those of `v` are `arcs[starts[v]..starts[v + 1]]`.
#[derive(Clone, Debug)]
struct Arcs {
    starts: Vec<usize>,
    arcs: Vec<Arc>,
}

impl Web {
    pub(super) fn new(document: &Document) -> Self {
        let index: Records<u32> = document.variables().keys().copied().zip(0..).collect();
        let mut links = Vec::with_capacity(document.links().len());
        let mut strands = Vec::with_capacity(document.links().len());
        for (id, link) in document.links() {
            // A document has no link without its ends.
            if let (Some(&from), Some(&to)) = (index.get(&link.from), index.get(&link.to)) {
                links.push(*id);
                let (polarity, delay) = (link.polarity, link.delay);
                strands.push(Strand {
                    from,
                    to,
                    polarity,
                    delay,
                });
            }
        }
        let size = index.len();
        let ends = |strand: &Strand| (strand.from, strand.to);
        let found = components(size as u32, || strands.iter().map(ends));
        let onwards = Arcs::new(size, &strands, ends);
        let back = Arcs::new(size, &strands, |strand| (strand.to, strand.from));
        Self {
            variables: index.keys().copied().collect(),
            links,
            component: found.of_variable().to_vec(),
            strands,
            onwards,
            back,
        }
    }

    /// The arcs out of a variable.
    pub(super) fn onwards(&self, variable: u32) -> &[Arc] {
        self.onwards.at(variable)
    }

    /// The arcs into a variable, to be followed backwards.
    pub(super) fn back(&self, variable: u32) -> &[Arc] {
        self.back.at(variable)
    }

    /// There is a link from one variable to another.
    pub(super) fn is_linked(&self, from: u32, to: u32) -> bool {
        self.onwards(from).iter().any(|arc| arc.next == to)
    }
}

impl Arcs {
    fn new(size: usize, strands: &[Strand], ends: impl Fn(&Strand) -> (u32, u32)) -> Self {
        let mut starts = vec![0; size + 1];
        for strand in strands {
            starts[ends(strand).0 as usize + 1] += 1;
        }
        for variable in 0..size {
            starts[variable + 1] += starts[variable];
        }
        let mut cursors = starts.clone();
        let mut arcs = vec![Arc { link: 0, next: 0 }; strands.len()];
        for (link, strand) in (0..).zip(strands) {
            let (tail, next) = ends(strand);
            let cursor = &mut cursors[tail as usize];
            arcs[*cursor] = Arc { link, next };
            *cursor += 1;
        }
        Self { starts, arcs }
    }

    fn at(&self, variable: u32) -> &[Arc] {
        let variable = variable as usize;
        &self.arcs[self.starts[variable]..self.starts[variable + 1]]
    }
}
