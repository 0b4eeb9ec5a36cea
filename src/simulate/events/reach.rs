//! Which station leads on to which.

/// For each station all that lie after it, as bits.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    words: usize,
    bits: Vec<u64>,
}

impl Reach {
    /// What follows from the heads of each station.
    ///
    /// # Errors
    /// A station that leads on to itself.
    pub(super) fn new(size: usize, heads: impl Fn(usize) -> Vec<usize>) -> Result<Self, usize> {
        let order = last_first(size, &heads)?;
        let words = size.div_ceil(64);
        let mut bits = vec![0; words * size];
        for here in order {
            for to in heads(here) {
                for word in 0..words {
                    let more: u64 = bits[to * words + word];
                    bits[here * words + word] |= more;
                }
                bits[here * words + to / 64] |= 1 << (to % 64);
            }
        }
        Ok(Self { words, bits })
    }

    /// Whether one station leads on to another.
    #[inline]
    pub(super) fn leads(&self, from: usize, to: usize) -> bool {
        self.bits[from * self.words + to / 64] >> (to % 64) & 1 == 1
    }
}

/// The stations so that each comes after all that it leads to.
fn last_first(size: usize, heads: &impl Fn(usize) -> Vec<usize>) -> Result<Vec<usize>, usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; size];
    let mut order = Vec::with_capacity(size);
    for start in 0..size {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut way = vec![(start, heads(start))];
        while let Some((here, rest)) = way.last_mut() {
            match rest.pop() {
                None => {
                    marks[*here] = Mark::Done;
                    order.push(*here);
                    way.pop();
                }
                Some(to) => match marks[to] {
                    Mark::Done => {}
                    Mark::Open => return Err(to),
                    Mark::New => {
                        marks[to] = Mark::Open;
                        way.push((to, heads(to)));
                    }
                },
            }
        }
    }
    Ok(order)
}
