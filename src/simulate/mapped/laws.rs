//! Laws of chance from what a map says of a span of time.

use super::found::{Found, Weight};
use crate::model::{
    Calendar, Document, EstimateLaw, Id, Measure, MeasureKind, SpreadLaw, StreamRun, Times,
    calendar_of_times, duration_text,
};
use crate::simulate::events::Law;
use crate::stream::{Knowledge, Quantity, Stream};

/// Seconds of working time that a quantity of time says: low, likely, high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spans {
    /// Low, likely and high; all the same unless it is an estimate.
    pub(super) seconds: [f64; 3],
    /// Whether it is an estimate with bounds apart.
    pub(super) is_estimate: bool,
}

impl Spans {
    /// A quantity, one second of whose basis is so many of the run; none if nobody knows it.
    pub(super) fn of(quantity: &Quantity, scale: f64) -> Option<Self> {
        let likely = quantity.likely?;
        let is_estimate =
            quantity.knowledge == Knowledge::Estimated && quantity.low < quantity.high;
        Some(Self {
            seconds: [quantity.low, likely, quantity.high].map(|span| span * scale),
            is_estimate,
        })
    }

    /// The likely span.
    pub(super) const fn likely(&self) -> f64 {
        self.seconds[1]
    }
}

/// Always the same span, which is finite and not below 0; else none at all.
pub(super) fn constant(seconds: f64) -> Law {
    Law::constant(seconds).unwrap_or(Law::NONE)
}

/// A law with a mean and a coefficient of variation.
pub(super) fn spread(settings: &StreamRun, mean: f64, variation: f64) -> Law {
    let law = match settings.spread {
        SpreadLaw::LogNormal if mean > 0.0 => Law::log_normal(mean, variation),
        SpreadLaw::Gamma | SpreadLaw::LogNormal => Law::gamma(mean, variation),
    };
    law.unwrap_or_else(|_| constant(mean))
}

/// As much as by an exponential law.
pub(super) fn exponential(mean: f64) -> Law {
    Law::gamma(mean, 1.0).unwrap_or_else(|_| constant(mean))
}

/// The law of an estimate. A log-normal one needs a low bound over 0; else it is triangular.
pub(super) fn estimate(settings: &StreamRun, spans: &Spans) -> Law {
    let [low, likely, high] = spans.seconds;
    let law = match settings.estimates {
        EstimateLaw::LogNormal if low > 0.0 => Law::log_normal_between(low, high),
        EstimateLaw::Pert => Law::pert(low, likely, high),
        EstimateLaw::Triangular | EstimateLaw::LogNormal => Law::triangular(low, likely, high),
    };
    law.unwrap_or_else(|_| constant(likely))
}

/// How long something lasts that varies only as its estimate says.
pub(super) fn as_stated(settings: &StreamRun, spans: &Spans) -> Law {
    match spans.is_estimate {
        true => estimate(settings, spans),
        false => constant(spans.likely()),
    }
}

/// Times that were measured one by one, which count in a run in place of what is known of a quantity.
#[derive(Clone, Copy, Debug)]
pub(super) struct MeasuredTimes<'a> {
    record: Id,
    times: &'a Times,
    /// By which they become seconds of the basis that the law is told in.
    calendar: Calendar,
    quantity: Quantity,
}

/// The measured times of a quantity of a stream, if it has any.
pub(super) fn times_of<'a>(
    document: &'a Document,
    stream: &Stream,
    quantity: &Quantity,
) -> Option<MeasuredTimes<'a>> {
    let record = quantity.record?;
    let own = |measure: Option<&'a Measure>| measure?.times.as_ref();
    let times = match (document.stations().get(&record), quantity.product) {
        (Some(station), Some(product)) => {
            let product = station.products.get(stream.product_name(product))?;
            own(product.measures.get(quantity.measure))
        }
        (Some(station), None) => own(station.measures.get(quantity.measure)),
        (None, _) => own(document
            .flows()
            .get(&record)?
            .measures
            .get(quantity.measure)),
    }?;
    Some(MeasuredTimes {
        record,
        times,
        calendar: calendar_of_times(quantity.measure, &stream.calendar),
        quantity: *quantity,
    })
}

impl MeasuredTimes<'_> {
    /// The law that draws each of them as it was, one second of theirs being so many of the run. Says
    /// that it does, and where their mean is not what the figures count with.
    pub(super) fn law(&self, scale: f64, found: &mut Found) -> Law {
        let seconds = |time: &f64| self.calendar.seconds(*time, self.times.unit);
        let spans = self.times.values.iter().map(|time| seconds(time) * scale);
        let mean = duration_text(seconds(&self.times.mean()), &self.calendar);
        let likely = self.quantity.likely.map(|likely| {
            let working = match self.quantity.measure {
                MeasureKind::WaitingTime => 1.0,
                _ => self.quantity.working,
            };
            duration_text(likely * working, &self.calendar)
        });
        let differs = match likely {
            Some(likely) if likely != mean => {
                format!(" Their mean is {mean}; the figures count with {likely}.")
            }
            _ => String::new(),
        };
        let words = format!(
            "The {}: {}, drawn as they were, each as likely.{differs}",
            self.quantity.measure.name(),
            self.times.counted()
        );
        found.assume(Weight::Most, &[self.record], &words);
        Law::measured(spans).unwrap_or(Law::NONE)
    }
}
