//! The report of the products: what the constraint does for each, and which mix earns most.

use super::names_of;
use crate::model::{Calendar, Document, Unit, number_text, share_text};
use crate::stream::{
    BestMix, FigureDimension, MixGap, ProductLine, ProductMix, StreamResults, amount_text,
};
use crate::worker::list::Table;
use crate::worker::report::Block;

const MINUTE: f64 = 60.0;

/// The report; none where no customer names a product.
pub(super) fn products(document: &Document, results: &StreamResults) -> Option<Vec<Block>> {
    let mix = results.product_mix()?;
    let calendar = &document.calendar();
    let constraint = match mix.constraint.is_empty() {
        true => "the constraint".to_owned(),
        false => names_of(document, &mix.constraint),
    };
    let mut blocks: Vec<Block> = results
        .mix_sentence(document)
        .map(Block::Words)
        .into_iter()
        .collect();
    let names = |line: &ProductLine| results.product_label(document, line.product);
    let rate = |rate: f64| results.product_rate(document, rate);
    blocks.push(Block::Table(needs(
        &names,
        &rate,
        &mix,
        &constraint,
        calendar,
    )));
    if mix.lines.iter().any(|line| line.margin.is_some()) {
        blocks.push(Block::Table(money(&names, &rate, &mix, &constraint)));
        blocks.push(Block::Words(best_words(
            document,
            &mix,
            &constraint,
            calendar,
        )));
    }
    Some(blocks)
}

fn known(number: Option<f64>, text: impl Fn(f64) -> String) -> String {
    number.map_or_else(|| "unknown".to_owned(), text)
}

/// What each product needs of the constraint.
fn needs(
    name: &dyn Fn(&ProductLine) -> String,
    rate: &dyn Fn(f64) -> String,
    mix: &ProductMix,
    constraint: &str,
    calendar: &Calendar,
) -> Table {
    let rows = mix.lines.iter().map(|line| {
        let time = |time: f64| amount_text(time, FigureDimension::WorkingTime, calendar);
        vec![
            name(line),
            known(line.demand, rate),
            known(line.part, share_text),
            known(line.constraint_time, time),
            known(line.utilisation, share_text),
        ]
    });
    let heads = [
        "Product",
        "Asked for",
        "Of all",
        &format!("Takes at {constraint}"),
        "Of what it can do",
    ];
    Table::new(&heads, rows.collect())
}

/// What each product brings, and how many are made in the mix that earns most.
fn money(
    name: &dyn Fn(&ProductLine) -> String,
    rate: &dyn Fn(f64) -> String,
    mix: &ProductMix,
    constraint: &str,
) -> Table {
    let rows = mix.lines.iter().map(|line| {
        let a_minute = |money: f64| match money.is_finite() {
            true => number_text(money * MINUTE),
            false => "takes no time there".to_owned(),
        };
        vec![
            name(line),
            known(line.margin, number_text),
            known(line.per_second, a_minute),
            known(line.best, rate),
        ]
    });
    let heads = [
        "Product",
        "Brings",
        &format!("A minute of {constraint}"),
        "Earns most",
    ];
    Table::new(&heads, rows.collect())
}

/// Which mix earns most, how much, and how sure that is.
fn best_words(
    document: &Document,
    mix: &ProductMix,
    constraint: &str,
    calendar: &Calendar,
) -> String {
    let a_week = |money: f64| number_text(money * calendar.working_seconds_of(Unit::PerWeek));
    match &mix.best {
        BestMix::All { money } => format!(
            "All that is asked for can be done, so what brings money is made as it is asked for: {} a \
             week, before operating expense.",
            a_week(*money)
        ),
        BestMix::ByConstraint { money } => format!(
            "{constraint} alone cannot do all that is asked for. First what brings most for a minute \
             of it, until its time is used up: {} a week, before operating expense. With one step \
             that limits no mix earns more (Goldratt, The Haystack Syndrome); in whole items it can \
             be a little less.",
            a_week(*money)
        ),
        BestMix::SeveralOverloaded(steps) => {
            let each: Vec<String> = steps.iter().map(|ids| names_of(document, ids)).collect();
            format!(
                "Several steps cannot do what is asked for: {}. Then the order by money for the time \
                 of one of them need not be the best, so no mix is given. Relieve all but one of \
                 them, or ask for less.",
                each.join("; ")
            )
        }
        BestMix::Unknown(MixGap::Demand) => {
            "Which mix earns most cannot be told until it is known how many of each product are \
             asked for."
                .to_owned()
        }
        BestMix::Unknown(MixGap::Money) => {
            "Which mix earns most cannot be told until price and materials of every product are \
             known."
                .to_owned()
        }
        BestMix::Unknown(MixGap::Capacity(steps)) => format!(
            "Which mix earns most cannot be told until it is known what {} can do.",
            names_of(document, steps)
        ),
        BestMix::Unknown(MixGap::Shared(steps)) => format!(
            "Which mix earns most cannot be told: another stream needs {}, too, and how much it gets \
             depends on what is made here. State the part of its time that this stream gets.",
            names_of(document, steps)
        ),
    }
}
