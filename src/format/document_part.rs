//! What of a document a format carries: the words for it, in one place.

/// A part of what a document says, as people think of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentPart {
    /// The title.
    Title,
    /// The names of variables.
    Names,
    /// Which variables are stocks.
    Stocks,
    /// The polarities of links, the unknown among them.
    Polarity,
    /// Which links are delayed.
    Delay,
    /// The remarks of variables.
    Remarks,
    /// The remarks of links.
    LinkRemarks,
    /// Where things stand.
    Positions,
    /// How links are bent.
    Bends,
    /// The words on the lines of links.
    Labels,
    /// Colours, sizes, emphasis and strengths.
    Styles,
    /// Notes.
    Notes,
    /// Images on notes.
    Images,
    /// Frames.
    Frames,
    /// Comments on elements.
    Comments,
    /// The names of loops.
    LoopNames,
    /// Stations and flows of value streams.
    Streams,
    /// What is measured of them.
    Measures,
    /// Equations, units, tables and the settings of runs.
    Equations,
}

impl DocumentPart {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 19] = [
        Self::Title,
        Self::Names,
        Self::Stocks,
        Self::Polarity,
        Self::Delay,
        Self::Remarks,
        Self::LinkRemarks,
        Self::Positions,
        Self::Bends,
        Self::Labels,
        Self::Styles,
        Self::Notes,
        Self::Images,
        Self::Frames,
        Self::Comments,
        Self::LoopNames,
        Self::Streams,
        Self::Measures,
        Self::Equations,
    ];

    /// The word for it, in the middle of a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Names => "names",
            Self::Stocks => "stocks",
            Self::Polarity => "polarities",
            Self::Delay => "delays",
            Self::Remarks => "notes on variables",
            Self::LinkRemarks => "notes on links",
            Self::Positions => "positions",
            Self::Bends => "bends",
            Self::Labels => "labels of links",
            Self::Styles => "colours, sizes and strengths",
            Self::Notes => "notes on the canvas",
            Self::Images => "images on notes",
            Self::Frames => "frames",
            Self::Comments => "comments",
            Self::LoopNames => "names of loops",
            Self::Streams => "value streams",
            Self::Measures => "measures",
            Self::Equations => "equations",
        }
    }
}

/// What is carried and what is not, in a sentence for people.
#[must_use]
pub fn carries_words(carried: &[DocumentPart]) -> String {
    let missing: Vec<DocumentPart> = DocumentPart::ALL
        .into_iter()
        .filter(|part| !carried.contains(part))
        .collect();
    if missing.is_empty() {
        return "Includes everything.".to_owned();
    }
    format!(
        "Includes {} · Leaves out {}",
        listed(carried),
        listed(&missing)
    )
}

/// Their words in a row.
fn listed(parts: &[DocumentPart]) -> String {
    let words: Vec<&str> = parts.iter().map(|part| part.word()).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_and_what_is_not_make_everything() {
        assert_eq!(carries_words(&DocumentPart::ALL), "Includes everything.");
        assert_eq!(
            carries_words(&[DocumentPart::Names, DocumentPart::Polarity]),
            "Includes names, polarities · Leaves out title, stocks, delays, notes on variables, \
             notes on links, positions, bends, labels of links, colours, sizes and strengths, notes \
             on the canvas, images on notes, frames, comments, names of loops, value streams, measures, equations"
        );
        assert!(DocumentPart::ALL.is_sorted());
    }
}
