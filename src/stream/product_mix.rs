//! What the constraint does for each product, and which mix of products earns most.

use crate::model::{Document, Id, MeasureKind, isolated, rate_text, rate_text_in};

use super::capacity::ResourceLoad;
use super::derive::Stream;
use super::evaluate::Evaluation;
use super::limits::ids;
use super::problem::names;
use super::products::{Mix, at_most};
use super::report::StreamResults;
use super::stated::Knowledge;

/// What there is to say of the products of a stream, at the likely numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductMix {
    /// The steps of the constraint at this mix; empty if no capacity is known.
    pub constraint: Vec<Id>,
    /// The products, what earns most at the constraint first; what cannot be ranked comes last.
    pub lines: Vec<ProductLine>,
    /// The mix that earns most.
    pub best: BestMix,
}

/// A product in the mix. Rates are in items per second of working time.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductLine {
    /// Its place among the products of the stream.
    pub product: usize,
    /// Its name; empty for what a customer asks for that names no product.
    pub name: String,
    /// Who asks for it.
    pub customer: Id,
    /// What is asked for.
    pub demand: Option<f64>,
    /// Its part of all that is asked for, 0 to 1.
    pub part: Option<f64>,
    /// Time of the constraint's people or machines for one item, in seconds.
    pub constraint_time: Option<f64>,
    /// The part of the constraint's time that its demand needs, 0 to over 1.
    pub utilisation: Option<f64>,
    /// Money that one item brings: price less materials, Goldratt's throughput per unit.
    pub margin: Option<f64>,
    /// Money per second of the constraint; infinite if it takes none of its time.
    pub per_second: Option<f64>,
    /// How much of it is made in the mix that earns most, if that is known.
    pub best: Option<f64>,
}

/// The mix that earns most of what is asked for, and why it is that one.
#[derive(Clone, Debug, PartialEq)]
pub enum BestMix {
    /// All can be done: whatever brings money is made as it is asked for.
    All {
        /// Money per second of working time.
        money: f64,
    },
    /// One resource cannot do all: first what brings most for its time. With one resource alone
    /// that is the best there is, in rates; whole items can differ by less than one of each.
    ByConstraint {
        /// Money per second of working time.
        money: f64,
    },
    /// Several resources cannot do all: the order by money for the time of one of them need not be
    /// the best, so no mix is given.
    SeveralOverloaded(Vec<Vec<Id>>),
    /// It cannot be told.
    Unknown(MixGap),
}

/// Why the best mix cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MixGap {
    /// How much is asked for of some product is not known.
    Demand,
    /// Price or materials of some product are not known.
    Money,
    /// The capacity of these steps is not known: they could limit too.
    Capacity(Vec<Id>),
    /// Another stream needs these people or machines too, and how much it gets follows from what is
    /// made here.
    Shared(Vec<Id>),
}

impl StreamResults {
    /// What the constraint does for each product, and the mix that earns most; none where no
    /// customer names a product.
    #[must_use]
    pub fn product_mix(&self) -> Option<ProductMix> {
        let (stream, evaluation) = (&self.stream, self.evaluation());
        let values = stream.likely();
        let traffic = evaluation.traffic.as_ref().ok().map(AsRef::as_ref);
        let mix = Mix::of(stream, &values, &evaluation.network, traffic)?;
        Some(product_mix(stream, &values, evaluation, &mix))
    }

    /// Of what the work is mixed, and that the figures are for this mix; none where no customer
    /// names a product.
    #[must_use]
    pub fn mix_sentence(&self, document: &Document) -> Option<String> {
        let products = self.stream.products();
        let values = self.stream.likely();
        let each = products.iter().enumerate().map(|(number, product)| {
            let demand = product.demand.and_then(|slot| values[slot]);
            let demand = demand.map(|demand| self.product_rate(document, demand));
            let demand = demand.unwrap_or_else(|| "nobody knows how many".to_owned());
            format!("{demand} of {}", self.product_label(document, number))
        });
        let each: Vec<String> = each.collect();
        (!each.is_empty()).then(|| {
            format!(
                "Capacity, utilisation and constraint are for this mix: {}. With another mix they are \
                 others.",
                each.join(", ")
            )
        })
    }

    /// A rate of products, in the unit in which the first demand of them is stated.
    #[must_use]
    pub fn product_rate(&self, document: &Document, rate: f64) -> String {
        let calendar = &document.calendar();
        let mut units = self.stream.products().iter().filter_map(|product| {
            let customer = document.stations().get(&product.customer)?;
            let measures = match customer.products.get(&product.name) {
                Some(product) => &product.measures,
                None => &customer.measures,
            };
            Some(measures.get(MeasureKind::Demand)?.unit)
        });
        match units.next() {
            Some(unit) => rate_text_in(rate, unit, calendar),
            None => rate_text(rate, calendar),
        }
    }

    /// What a product is called, by its place among those of the stream; with its customer, where
    /// several ask for the same.
    #[must_use]
    pub fn product_label(&self, document: &Document, number: usize) -> String {
        let products = self.stream.products();
        let Some(product) = products.get(number) else {
            return String::new();
        };
        let customer = || names(document, &[product.customer]);
        if product.name.is_empty() {
            return format!("what {} asks for", customer());
        }
        let same = products.iter().filter(|other| other.name == product.name);
        let name = isolated(&product.name);
        match same.count() {
            0 | 1 => name.into_owned(),
            _ => format!("{name} for {}", customer()),
        }
    }
}

fn product_mix(
    stream: &Stream,
    values: &[Option<f64>],
    evaluation: &Evaluation,
    mix: &Mix,
) -> ProductMix {
    let limit = evaluation.limit.as_ref();
    let constraints = limit.map_or(&[][..], |limit| &limit.constraints);
    // Of several with the same capacity none is the one to count by.
    let constraint = match constraints {
        [one] => evaluation.loads.get(*one),
        _ => None,
    };
    let line = |number: usize| {
        let product = &stream.products[number];
        let value = |slot: Option<usize>| values[slot?];
        let demand = value(product.demand);
        let time = constraint
            .and_then(|load| mix.load(stream, values, &evaluation.network, number, &load.members));
        let margin = || Some(value(product.price)? - value(product.materials)?);
        let margin = margin();
        let capacity = constraint.and_then(available);
        ProductLine {
            product: number,
            name: product.name.clone(),
            customer: product.customer,
            demand,
            part: mix.parts.as_ref().map(|parts| parts[number]),
            constraint_time: time,
            utilisation: ratio(
                demand.zip(time).map(|(demand, time)| demand * time),
                capacity,
            ),
            margin,
            per_second: ratio(margin, time),
            best: None,
        }
    };
    let mut lines: Vec<ProductLine> = (0..stream.products.len()).map(line).collect();
    let best = best_mix(stream, evaluation, constraint, &mut lines);
    let rank = |line: &ProductLine| line.per_second.unwrap_or(f64::NEG_INFINITY);
    lines.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
    ProductMix {
        constraint: constraints
            .iter()
            .flat_map(|place| ids(stream, &evaluation.loads[*place]))
            .collect(),
        lines,
        best,
    }
}

/// Seconds of people or machines in a second of working time.
fn available(load: &ResourceLoad) -> Option<f64> {
    Some(load.servers? * load.share)
}

/// A ratio; infinite where something is had for nothing, and none where nothing is.
fn ratio(above: Option<f64>, below: Option<f64>) -> Option<f64> {
    let ratio = above? / below?;
    (!ratio.is_nan()).then_some(ratio)
}

/// Sets how much is made of each product in the mix that earns most.
fn best_mix(
    stream: &Stream,
    evaluation: &Evaluation,
    constraint: Option<&ResourceLoad>,
    lines: &mut [ProductLine],
) -> BestMix {
    let demands: Option<Vec<f64>> = lines.iter().map(|line| line.demand).collect();
    let Some((demands, whole)) = demands.zip(evaluation.demand) else {
        return BestMix::Unknown(MixGap::Demand);
    };
    let margins: Option<Vec<f64>> = lines.iter().map(|line| line.margin).collect();
    let Some(margins) = margins else {
        return BestMix::Unknown(MixGap::Money);
    };
    let mut overloaded = Vec::new();
    let mut unknown = Vec::new();
    for (load, capacity) in evaluation.loads.iter().zip(&evaluation.capacities) {
        match capacity {
            None => unknown.extend(ids(stream, load)),
            Some(capacity) if !at_most(whole, *capacity) => overloaded.push(load),
            Some(_) => {}
        }
    }
    if !unknown.is_empty() {
        return BestMix::Unknown(MixGap::Capacity(unknown));
    }
    if overloaded.len() > 1 {
        let each = overloaded.iter().map(|load| ids(stream, load));
        return BestMix::SeveralOverloaded(each.collect());
    }
    let Some(load) = overloaded.first() else {
        let mut money = 0.0;
        for ((line, demand), margin) in lines.iter_mut().zip(&demands).zip(&margins) {
            let made = if *margin > 0.0 { *demand } else { 0.0 };
            line.best = Some(made);
            money += made * margin;
        }
        return BestMix::All { money };
    };
    let resource = stream.shape.nodes[load.members[0]].resource;
    let others = resource.and_then(|resource| stream.others[resource].as_ref());
    let stated = load
        .members
        .iter()
        .any(|place| stream.knowledge(*place, MeasureKind::ResourceShare) != Knowledge::Unstated);
    if !stated && others.is_some_and(|others| others.is_needed()) {
        return BestMix::Unknown(MixGap::Shared(ids(stream, load)));
    }
    let times: Option<Vec<f64>> = lines.iter().map(|line| line.constraint_time).collect();
    let capacity = constraint.and_then(available);
    let Some((times, capacity)) = times.zip(capacity) else {
        return BestMix::Unknown(MixGap::Capacity(ids(stream, load)));
    };
    let made = most_money(&demands, &margins, &times, capacity);
    for (line, made) in lines.iter_mut().zip(&made) {
        line.best = Some(*made);
    }
    let money = made
        .iter()
        .zip(&margins)
        .map(|(made, margin)| made * margin);
    BestMix::ByConstraint { money: money.sum() }
}

/// How much of each product to make with so much time of one resource: first what brings most for
/// its time, as much as is asked for, until the time is used up; nothing that brings no money.
///
/// With one resource this is the best there is: a fractional knapsack.
fn most_money(demands: &[f64], margins: &[f64], times: &[f64], capacity: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..demands.len()).filter(|it| margins[*it] > 0.0).collect();
    order.sort_by(|one, other| {
        let worth = |it: usize| margins[it] / times[it];
        worth(*other).total_cmp(&worth(*one))
    });
    let mut made = vec![0.0; demands.len()];
    let mut left = capacity;
    for it in order {
        let most = if times[it] > 0.0 {
            left / times[it]
        } else {
            f64::INFINITY
        };
        made[it] = demands[it].min(most);
        left = (left - made[it] * times[it]).max(0.0);
    }
    made
}
