//! Small sets of short loops that stand for all loops of a graph.

mod candidates;
mod independence;
mod part;

use candidates::Candidates;
use independence::Independence;
use part::{Part, parts};

use super::found::{LoopPolarity, index_of_smallest_variable, loop_delay};
use super::graph::Graph;
use super::list::ListedLoop;
use super::search::Progress;

/// Which set of loops is wanted.
///
/// Both have, of each strongly connected component of V variables and E links, E - V + 1 loops, of
/// which none is a sum of others, and of which every loop is a sum. They differ in what is put
/// first. The independent set takes loops that are as short as two variables allow, as long as each
/// brings a link that is new: it covers the diagram with loops that a person can point at, and only
/// then is it completed. The basis takes any loop that is no sum of shorter ones: no set of
/// independent loops has fewer links in all.
///
/// Neither says which loops matter: the loop that decides may be long and in neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoopSetKind {
    /// The shortest independent loop set (Oliva 2004, "Model structure analysis through graph
    /// theory: partition heuristics and feedback structure decomposition", System Dynamics Review
    /// 20(4)). From the geodetic loops, a shortest path between two variables and a shortest path
    /// back, it takes, shortest first, each that has a link which no loop taken before has
    /// (Kampmann 2012, "Feedback loop gains and system behavior", System Dynamics Review 28(4)).
    /// Where that leaves fewer than E - V + 1, it is completed, again shortest first: by geodetic
    /// loops that are independent of those taken, and then by others.
    ShortestIndependent,
    /// A basis of the cycle space made of loops, with the fewest links in all (Gleiss, Leydold &
    /// Stadler 2003, "Circuit bases of strongly connected digraphs"), shortest first, with sums
    /// modulo two.
    MinimumBasis,
}

/// Finds such a set, a budget at a time, in time polynomial in the size of the graph, however many
/// loops there are. It borrows nothing, so it can be held from one frame to the next.
///
/// A loop that is in a minimum basis has, between any two of its variables, a shortest path one way
/// or the other: otherwise it would be a sum of three shorter ones. So it is a shortest path from
/// its first variable, one link, and a shortest path back, and there are at most V times E of those
/// to choose from. Choosing the shortest first is best, as independent sets are a matroid.
#[derive(Clone, Debug)]
pub struct LoopSet {
    graph: Graph,
    kind: LoopSetKind,
    parts: Vec<Part>,
    dimension: usize,
    /// What is being done to the last part.
    work: Option<Work>,
    covering: Vec<ListedLoop>,
    completing: Vec<ListedLoop>,
    progress: Progress,
}

/// The choice from the loops of a part.
#[derive(Clone, Debug)]
struct Work {
    stage: Stage,
    /// The next variable to collect loops of.
    root: u32,
    candidates: Candidates,
    /// Loops to choose from, the next one last.
    waiting: Vec<Vec<u32>>,
    /// Geodetic loops that brought no new link.
    left: Vec<Vec<u32>>,
    independence: Independence,
    is_covered: Vec<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    CollectGeodetic,
    Cover,
    CompleteGeodetic,
    CollectShort,
    Complete,
}

impl LoopSet {
    /// A search at its start. It copies what it needs of the graph.
    #[must_use]
    pub fn new(graph: &Graph, kind: LoopSetKind) -> Self {
        let parts = parts(graph);
        Self {
            graph: graph.clone(),
            kind,
            dimension: parts.iter().map(Part::dimension).sum(),
            parts,
            work: None,
            covering: Vec::new(),
            completing: Vec::new(),
            progress: Progress::Unfinished,
        }
    }

    /// How many loops the set will have: links less variables, plus one, of each component.
    #[must_use]
    pub const fn dimension(&self) -> usize {
        self.dimension
    }

    /// Goes on for about `budget` visits of a link, and longer by the links of one variable's
    /// paths. A budget of zero does nothing.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while budget > 0 && self.progress == Progress::Unfinished {
            let Some(part) = self.parts.last() else {
                self.finish();
                break;
            };
            let work = self.work.get_or_insert_with(|| Work::new(part, self.kind));
            let (visits, chosen) = work.step(part);
            budget = budget.saturating_sub(visits);
            match chosen {
                Chosen::None => {}
                Chosen::Covering(links) => {
                    let listed = listed(&self.graph, part, &links);
                    self.covering.push(listed);
                }
                Chosen::Completing(links) => {
                    let listed = listed(&self.graph, part, &links);
                    self.completing.push(listed);
                }
            }
            if work.is_finished(part) {
                self.work = None;
                self.parts.pop();
            }
        }
        self.progress
    }

    /// The loops of the set that were found so far; once finished, shortest first, but for those
    /// that complete an independent set, which come last.
    pub fn loops(&self) -> impl Iterator<Item = &ListedLoop> {
        self.covering.iter().chain(&self.completing)
    }

    /// How many of the loops, the first ones, were taken because each has a link that none before
    /// has. In a basis that is not asked, and there are none.
    #[must_use]
    pub const fn covering(&self) -> usize {
        self.covering.len()
    }

    fn finish(&mut self) {
        for loops in [&mut self.covering, &mut self.completing] {
            loops.sort_by_key(|listed| listed.links.len());
        }
        self.progress = Progress::Finished;
    }
}

/// What came of a step.
enum Chosen {
    None,
    Covering(Vec<u32>),
    Completing(Vec<u32>),
}

impl Work {
    fn new(part: &Part, kind: LoopSetKind) -> Self {
        Self {
            stage: match kind {
                LoopSetKind::ShortestIndependent => Stage::CollectGeodetic,
                LoopSetKind::MinimumBasis => Stage::CollectShort,
            },
            root: 0,
            candidates: Candidates::default(),
            waiting: Vec::new(),
            left: Vec::new(),
            independence: Independence::new(part.links.len()),
            is_covered: vec![false; part.links.len()],
        }
    }

    fn is_finished(&self, part: &Part) -> bool {
        let is_exhausted = self.stage == Stage::Complete && self.waiting.is_empty();
        is_exhausted || self.independence.rank() == part.dimension()
    }

    /// One variable's loops collected, or one loop chosen or left; returns how long that took.
    fn step(&mut self, part: &Part) -> (u64, Chosen) {
        match self.stage {
            Stage::CollectGeodetic | Stage::CollectShort => self.collect(part),
            Stage::Cover | Stage::CompleteGeodetic | Stage::Complete => self.choose(),
        }
    }

    fn collect(&mut self, part: &Part) -> (u64, Chosen) {
        if self.root < part.variables {
            let before = self.candidates.loops.len();
            let (stage, root) = (self.stage, self.root);
            self.root += 1;
            if stage == Stage::CollectGeodetic {
                self.candidates.add_geodetic(part, root);
            } else {
                self.candidates.add_short(part, root);
            }
            let links: usize = self.candidates.loops[before..].iter().map(Vec::len).sum();
            return ((4 * part.links.len() + links) as u64, Chosen::None);
        }
        self.root = 0;
        self.waiting = self.candidates.take();
        self.waiting.reverse();
        self.stage = if self.stage == Stage::CollectGeodetic {
            Stage::Cover
        } else {
            Stage::Complete
        };
        (1, Chosen::None)
    }

    fn choose(&mut self) -> (u64, Chosen) {
        let Some(links) = self.waiting.pop() else {
            self.next_stage();
            return (1, Chosen::None);
        };
        let visits = links.len() as u64;
        if self.stage == Stage::Cover {
            if links.iter().all(|&link| self.is_covered[link as usize]) {
                self.left.push(links);
                return (visits, Chosen::None);
            }
            for &link in &links {
                self.is_covered[link as usize] = true;
            }
            self.independence.add(&links);
            return (visits, Chosen::Covering(links));
        }
        if self.independence.add(&links) {
            (visits, Chosen::Completing(links))
        } else {
            (visits, Chosen::None)
        }
    }

    fn next_stage(&mut self) {
        match self.stage {
            Stage::Cover => {
                self.waiting = std::mem::take(&mut self.left);
                self.waiting.reverse();
                self.stage = Stage::CompleteGeodetic;
            }
            Stage::CompleteGeodetic => self.stage = Stage::CollectShort,
            Stage::CollectGeodetic | Stage::CollectShort | Stage::Complete => {}
        }
    }
}

/// A loop of a part as a loop of the graph.
fn listed(graph: &Graph, part: &Part, links: &[u32]) -> ListedLoop {
    let mut links: Vec<u32> = links
        .iter()
        .map(|&position| part.links[position as usize].index)
        .collect();
    let start = index_of_smallest_variable(&links, graph.links());
    links.rotate_left(start);
    let on_route = || links.iter().map(|&link| &graph.links()[link as usize]);
    ListedLoop {
        polarity: LoopPolarity::of(on_route().map(|link| link.polarity)),
        delay: loop_delay(on_route().map(|link| link.delay)),
        links,
    }
}
