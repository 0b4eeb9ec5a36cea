//! The charts of runs: variables over time or against each other, and shares of loops.

use crate::format::chart_svg;
use crate::model::{Colour, Point};
use crate::scene::chart::{RunArea, RunChart, RunLine, RunPlot, Scales, run_chart};
use crate::scene::{Dash, Ink, MeasureText, Theme};
use crate::simulate::Polarity;
use crate::worker::Picture;

use super::view::{ChartWanted, ReadLine, RunFacts, RunPicture, RunSet, ScalesWanted};

/// The most points of a line: more cannot be told apart on a chart.
pub const MOST_POINTS: usize = 1_000;
/// The most loops that are told apart in a chart.
const MOST_LOOPS: usize = 8;

/// The colours of lines, in the order in which they are used.
const INKS: [Ink; 6] = [
    Ink::Colour(Colour::Blue),
    Ink::Colour(Colour::Orange),
    Ink::Colour(Colour::Green),
    Ink::Colour(Colour::Violet),
    Ink::Colour(Colour::Red),
    Ink::Text,
];

/// The colours of loops: warm where they reinforce, cool where they balance, as on the canvas; the
/// first of each is that of the badges.
const WARM: [Ink; 3] = [
    Ink::Reinforcing,
    Ink::Colour(Colour::Red),
    Ink::Colour(Colour::Yellow),
];
const COOL: [Ink; 3] = [
    Ink::Balancing,
    Ink::Colour(Colour::Violet),
    Ink::Colour(Colour::Green),
];
const NEITHER: [Ink; 2] = [Ink::Undetermined, Ink::Text];

/// The colours of loops of a sign.
const fn inks_of(polarity: Polarity) -> &'static [Ink] {
    match polarity {
        Polarity::Reinforcing | Polarity::MostlyReinforcing => &WARM,
        Polarity::Balancing | Polarity::MostlyBalancing => &COOL,
        Polarity::Undetermined | Polarity::Inactive => &NEITHER,
    }
}

/// A loop in the chart of shares.
pub struct SharedLoop<'l> {
    /// Its name, with its letters.
    pub name: String,
    /// Its sign over the run.
    pub polarity: Polarity,
    /// Its share at each time, from -1 to 1; NaN where it is not known.
    pub shares: &'l [f32],
}

/// The rows of a run that are shown: all, or every so many and the last.
pub fn shown_rows(count: usize) -> Vec<usize> {
    let every = count.div_ceil(MOST_POINTS).max(1);
    let mut rows: Vec<usize> = (0..count).step_by(every).collect();
    if let Some(last) = count.checked_sub(1)
        && rows.last() != Some(&last)
    {
        rows.push(last);
    }
    rows
}

/// The words of the lower axis of time.
pub fn time_label(facts: &RunFacts) -> String {
    match facts.time_unit.as_str() {
        "" => "Time".to_owned(),
        unit => format!("Time ({unit})"),
    }
}

/// The chart of lines. Those of the document are whole, those with other numbers are broken, each
/// set with a colour of its own where there is only one variable.
pub fn lines_chart(
    wanted: &ChartWanted,
    facts: &RunFacts,
    times: &[f64],
    lines: &[ReadLine],
    labels: &ChartLabels,
    font: &dyn MeasureText,
) -> RunPicture {
    let mut variables: Vec<&str> = Vec::new();
    let against: Vec<&ReadLine> = match wanted.against {
        Some(id) => lines.iter().filter(|line| line.about == id).collect(),
        None => Vec::new(),
    };
    let drawn = lines
        .iter()
        .filter(|line| Some(line.about) != wanted.against);
    let mut drawn_lines = Vec::new();
    let key_of = |line: &ReadLine| line.name.split(" · ").next().unwrap_or_default().to_owned();
    let drawn: Vec<&ReadLine> = drawn.collect();
    let keys: Vec<String> = drawn.iter().map(|line| key_of(line)).collect();
    for key in &keys {
        if !variables.contains(&key.as_str()) {
            variables.push(key);
        }
    }
    let mut sets: Vec<RunSet> = Vec::new();
    for line in &drawn {
        if !sets.contains(&line.set) {
            sets.push(line.set);
        }
    }
    for (line, key) in drawn.iter().zip(&keys) {
        let group = variables.iter().position(|one| one == key).unwrap_or(0);
        let set = sets.iter().position(|one| *one == line.set).unwrap_or(0);
        let colour = if variables.len() == 1 { set } else { group };
        let lower: Option<&[f64]> = match wanted.against {
            Some(_) => {
                let other = against.iter().find(|other| other.set == line.set);
                other.map(|other| other.values.as_slice())
            }
            None => Some(times),
        };
        let points = lower.unwrap_or_default().iter().zip(&line.values);
        drawn_lines.push(RunLine {
            name: line.name.clone(),
            group,
            points: points.map(|(x, y)| Point::new(*x, *y)).collect(),
            ink: INKS[colour % INKS.len()],
            dash: match line.set {
                RunSet::Document => Dash::Solid,
                RunSet::Scenario(_) | RunSet::Tried => Dash::Dashed,
            },
        });
    }
    let chart = RunChart {
        title: labels.title.clone(),
        x_label: match &labels.against {
            Some(name) => name.clone(),
            None => time_label(facts),
        },
        y_label: labels.units.clone(),
        span: wanted
            .against
            .is_none()
            .then_some((facts.start, facts.stop))
            .filter(|(start, stop)| start < stop),
        holds: None,
        scales: match wanted.scales {
            ScalesWanted::Shared => Scales::Shared,
            ScalesWanted::Own => Scales::Own,
        },
        areas: Vec::new(),
        lines: drawn_lines,
    };
    let plot = run_chart(&chart, wanted.width, wanted.height, font);
    picture("Behaviour over time", plot)
}

/// The words around a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartLabels {
    /// Its title; may be empty.
    pub title: String,
    /// The units of the upright axis, where all lines have the same; may be empty.
    pub units: String,
    /// The variable of the lower axis with its units, where that is not time.
    pub against: Option<String>,
}

/// The shares of loops over time, reinforcing ones upward and balancing ones downward from zero.
pub fn loops_chart(
    facts: &RunFacts,
    times: &[f64],
    loops: &[SharedLoop<'_>],
    (width, height): (f64, f64),
    font: &dyn MeasureText,
) -> RunPicture {
    let rows = times.len();
    let (mut above, mut below) = (vec![0.0_f64; rows], vec![0.0_f64; rows]);
    let mut areas = Vec::new();
    for (place, one) in loops.iter().take(MOST_LOOPS).enumerate() {
        let inks = inks_of(one.polarity);
        let before = loops[..place].iter();
        let before = before.filter(|other| inks_of(other.polarity) == inks);
        let ink = inks[before.count() % inks.len()];
        let points = one.shares.iter().zip(times).enumerate();
        let points = points.map(|(row, (share, time))| {
            let share = 100.0 * f64::from(*share);
            if !share.is_finite() {
                // What is not known is a gap.
                return (*time, f64::NAN, f64::NAN);
            }
            let side = if share < 0.0 { &mut below } else { &mut above };
            let from = side[row];
            side[row] += share;
            (*time, from.min(side[row]), from.max(side[row]))
        });
        areas.push(RunArea {
            name: one.name.clone(),
            points: points.collect(),
            ink,
            edge: None,
        });
    }
    let chart = RunChart {
        title: String::new(),
        x_label: time_label(facts),
        y_label: "% of the change, balancing below 0".to_owned(),
        holds: Some((-100.0, 100.0)),
        span: Some((facts.start, facts.stop)).filter(|(start, stop)| start < stop),
        areas,
        ..RunChart::default()
    };
    picture("Which loop drives", run_chart(&chart, width, height, font))
}

fn picture(name: &str, plot: RunPlot) -> RunPicture {
    let RunPlot {
        picture,
        frame,
        span,
    } = plot;
    RunPicture {
        picture: Picture {
            name: name.to_owned(),
            light: chart_svg(&picture, Theme::Light, name),
            dark: chart_svg(&picture, Theme::Dark, name),
            summary: picture.summary.clone(),
        },
        size: (picture.size.x, picture.size.y),
        frame: (frame.left, frame.top, frame.right, frame.bottom),
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_has_the_colour_of_its_sign() {
        let all = [WARM.as_slice(), &COOL, &NEITHER].concat();
        for (at, ink) in all.iter().enumerate() {
            assert!(!all[..at].contains(ink), "{ink:?} is that of two signs");
        }
        assert_eq!(inks_of(Polarity::MostlyReinforcing)[0], Ink::Reinforcing);
        assert_eq!(inks_of(Polarity::Balancing)[0], Ink::Balancing);
    }

    #[test]
    fn many_rows_are_thinned_and_keep_their_ends() {
        assert_eq!(shown_rows(0), [0_usize; 0]);
        assert_eq!(shown_rows(3), [0, 1, 2]);
        let rows = shown_rows(12_345);
        assert!(rows.len() <= MOST_POINTS + 1);
        assert_eq!((rows[0], rows[rows.len() - 1]), (0, 12_344));
    }
}
