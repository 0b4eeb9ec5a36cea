//! The metrics of software delivery that the DORA programme asks for, read off a map.

use crate::model::{Calendar, Document, Id, MeasureKind, StepRole, Unit};

use super::derive::Stream;
use super::evaluate::Evaluation;
use super::figure::FigureKind;
use super::ladder::{FlowPath, longest_path};
use super::network::ArcKind;
use super::problem::names;
use super::report::StreamResults;

/// The five metrics, in DORA's wording of 2026: three of throughput, two of instability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoraMetric {
    /// From commit to production, in seconds of the basis.
    ChangeLeadTime,
    /// Deployments per second of working time.
    DeploymentFrequency,
    /// From a failed deployment to the one that mends it, in seconds of the basis.
    FailedDeploymentRecoveryTime,
    /// Part of the deployments that have to be mended at once.
    ChangeFailRate,
    /// Part of the deployments that mend an earlier one.
    DeploymentReworkRate,
}

impl DoraMetric {
    /// Every metric, in the order of the enum.
    pub const ALL: [Self; 5] = [
        Self::ChangeLeadTime,
        Self::DeploymentFrequency,
        Self::FailedDeploymentRecoveryTime,
        Self::ChangeFailRate,
        Self::DeploymentReworkRate,
    ];

    /// DORA's name for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChangeLeadTime => "Change lead time",
            Self::DeploymentFrequency => "Deployment frequency",
            Self::FailedDeploymentRecoveryTime => "Failed deployment recovery time",
            Self::ChangeFailRate => "Change fail rate",
            Self::DeploymentReworkRate => "Deployment rework rate",
        }
    }

    /// How it is read off the map.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::ChangeLeadTime => {
                "waiting and process times from the end of the commit step to the end of the \
                 deployment step, along the longest path"
            }
            Self::DeploymentFrequency => {
                "throughput \u{d7} visits of the deployment step / its batch"
            }
            Self::FailedDeploymentRecoveryTime => {
                "times along the rework flow from after deployment back to the end of deployment, \
                 along the longest path"
            }
            Self::ChangeFailRate => {
                "rework that leaves the deployment step or what follows it, per deployment; \
                 without such a flow 1 \u{2212} its %C&A"
            }
            Self::DeploymentReworkRate => {
                "(v \u{2212} 1) / v, of the visits v of the deployment step"
            }
        }
    }
}

/// What the definitions come from.
pub const DEFINITIONS: &str = "DORA, dora.dev, software delivery performance metrics (2026)";

/// A metric of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct DoraFigure {
    /// Which it is.
    pub metric: DoraMetric,
    /// The number, in the unit of the metric, or why there is none.
    pub value: Result<f64, DoraGap>,
}

/// Why a metric cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoraGap {
    /// No step is marked as the deployment.
    NoDeployment,
    /// No step is marked as the commit.
    NoCommit,
    /// No flows lead from the commit to the deployment.
    NoPath,
    /// What customers ask for, or what the stream can do, is unknown.
    NoThroughput,
    /// No rework flow leads from after the deployment back to it.
    NoRework,
    /// Something of these stations or flows is unknown.
    Unknown(Vec<Id>),
    /// The flows of the stream have a problem that has to be solved first.
    NoTraffic,
}

impl DoraGap {
    /// It as a sentence.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        match self {
            Self::NoDeployment => "No step is marked as the deployment.".to_owned(),
            Self::NoCommit => {
                "No step is marked as the one where changes are committed.".to_owned()
            }
            Self::NoPath => "No flows lead from the commit to the deployment.".to_owned(),
            Self::NoThroughput => {
                "Demand or capacity is unknown, and so is how much is deployed.".to_owned()
            }
            Self::NoRework => {
                "No rework flow leads from after the deployment back to it.".to_owned()
            }
            Self::NoTraffic => {
                "The flows of the stream have a problem that has to be solved first.".to_owned()
            }
            Self::Unknown(ids) => {
                let known = |id: &Id| document.stations().contains_key(id);
                let stations: Vec<Id> = ids.iter().copied().filter(known).collect();
                if stations.is_empty() {
                    "A measure of a flow is unknown.".to_owned()
                } else {
                    format!("A measure of {} is unknown.", names(document, &stations))
                }
            }
        }
    }
}

/// The metrics of a stream.
#[must_use]
pub fn dora(results: &StreamResults) -> Vec<DoraFigure> {
    let reading = Reading::of(results);
    let value = |metric: DoraMetric| match (&reading, metric) {
        (Err(gap), _) => Err(gap.clone()),
        (Ok(reading), DoraMetric::ChangeLeadTime) => reading.change_lead_time(),
        (Ok(reading), DoraMetric::DeploymentFrequency) => reading.frequency(),
        (Ok(reading), DoraMetric::FailedDeploymentRecoveryTime) => reading.recovery_time(),
        (Ok(reading), DoraMetric::ChangeFailRate) => reading.fail_rate(),
        (Ok(reading), DoraMetric::DeploymentReworkRate) => reading.rework_rate(),
    };
    DoraMetric::ALL
        .into_iter()
        .map(|metric| DoraFigure {
            metric,
            value: value(metric),
        })
        .collect()
}

/// A stream with its deployment.
struct Reading<'a> {
    stream: &'a Stream,
    evaluation: &'a Evaluation,
    deployment: usize,
    /// By station: whether flows onwards lead there from the deployment.
    follows: Vec<bool>,
}

impl<'a> Reading<'a> {
    fn of(results: &'a StreamResults) -> Result<Self, DoraGap> {
        let (stream, evaluation) = (&results.stream, results.evaluation());
        let order = stream.order.as_ref().map_err(|_| DoraGap::NoTraffic)?;
        let is_deployment = |index: &usize| stream.roles[*index] == StepRole::Deployment;
        // Of several, the last.
        let mut sequence = order.sequence.iter().rev().copied();
        let deployment = sequence.find(is_deployment).ok_or(DoraGap::NoDeployment)?;
        let mut follows = vec![false; stream.stations.len()];
        follows[deployment] = true;
        for here in order.sequence.iter().copied() {
            if follows[here] {
                for arc in &order.onwards[here] {
                    follows[stream.shape.arcs[*arc].to] = true;
                }
            }
        }
        Ok(Self {
            stream,
            evaluation,
            deployment,
            follows,
        })
    }

    fn path(&self, from: usize, to: usize) -> Option<FlowPath> {
        let order = self.stream.order.as_ref().ok()?;
        let evaluation = self.evaluation;
        longest_path(
            &evaluation.network,
            order,
            &[from],
            &[to],
            &evaluation.times,
        )
    }

    /// The time along a path, its first station counted or not.
    fn time(&self, path: &FlowPath, first: First) -> Result<f64, DoraGap> {
        let times = &self.evaluation.times;
        let mut unknown = Vec::new();
        let mut sum = 0.0;
        let skipped = usize::from(first == First::Left);
        for index in path.stations.iter().skip(skipped).copied() {
            match (times.waiting[index], times.process[index]) {
                (Some(waiting), Some(process)) => sum += waiting + process,
                _ => unknown.push(self.stream.stations[index]),
            }
        }
        for index in path.arcs.iter().copied() {
            match times.transfer[index] {
                Some(time) => sum += time,
                None => unknown.push(self.stream.flows[index]),
            }
        }
        if unknown.is_empty() {
            Ok(sum)
        } else {
            Err(DoraGap::Unknown(unknown))
        }
    }

    fn change_lead_time(&self) -> Result<f64, DoraGap> {
        let mut roles = self.stream.roles.iter();
        let commit = roles.position(|role| *role == StepRole::Commit);
        let commit = commit.ok_or(DoraGap::NoCommit)?;
        let path = self.path(commit, self.deployment).ok_or(DoraGap::NoPath)?;
        self.time(&path, First::Left)
    }

    fn visits(&self) -> Result<f64, DoraGap> {
        let unknown = self.unknown_shares(|_| true);
        match &self.evaluation.traffic {
            Err(_) => Err(DoraGap::NoTraffic),
            Ok(_) if !unknown.is_empty() => Err(DoraGap::Unknown(unknown)),
            Ok(traffic) => Ok(traffic.visits[self.deployment]),
        }
    }

    /// The rework flows from some stations of which the probability is unknown.
    fn unknown_shares(&self, from: impl Fn(usize) -> bool) -> Vec<Id> {
        let arcs = self.evaluation.network.arcs.iter().enumerate();
        let unknown = arcs.filter(|(_, arc)| {
            arc.kind == ArcKind::Rework && arc.share.is_none() && from(arc.from)
        });
        unknown.map(|(index, _)| self.stream.flows[index]).collect()
    }

    fn frequency(&self) -> Result<f64, DoraGap> {
        let throughput = self.evaluation.figure(FigureKind::Throughput);
        let throughput = throughput.ok_or(DoraGap::NoThroughput)?;
        let batch = match self.stream.of_station(self.deployment, MeasureKind::Batch) {
            None => 1.0,
            Some(slot) => {
                let batch = self.stream.quantities[slot].likely;
                let station = self.stream.stations[self.deployment];
                batch.ok_or_else(|| DoraGap::Unknown(vec![station]))?
            }
        };
        Ok(throughput * self.visits()? / batch)
    }

    /// The rework flows that leave the deployment or what follows it.
    fn failures(&self) -> impl Iterator<Item = usize> + '_ {
        let arcs = self.evaluation.network.arcs.iter().enumerate();
        let failures =
            arcs.filter(|(_, arc)| arc.kind == ArcKind::Rework && self.follows[arc.from]);
        failures.map(|(index, _)| index)
    }

    fn fail_rate(&self) -> Result<f64, DoraGap> {
        let unknown = self.unknown_shares(|from| self.follows[from]);
        if !unknown.is_empty() {
            return Err(DoraGap::Unknown(unknown));
        }
        if self.failures().next().is_none() {
            let slot = self
                .stream
                .of_station(self.deployment, MeasureKind::CompleteAndAccurate);
            let accurate = slot.and_then(|slot| self.stream.quantities[slot].likely);
            let station = self.stream.stations[self.deployment];
            return accurate
                .map(|accurate| 1.0 - accurate)
                .ok_or_else(|| DoraGap::Unknown(vec![station]));
        }
        let traffic = self.evaluation.traffic.as_ref();
        let traffic = traffic.map_err(|_| DoraGap::NoTraffic)?;
        let failing: f64 = self.failures().map(|index| traffic.passes[index]).sum();
        let visits = traffic.visits[self.deployment];
        Ok(if visits > 0.0 { failing / visits } else { 0.0 })
    }

    fn rework_rate(&self) -> Result<f64, DoraGap> {
        let visits = self.visits()?;
        Ok(if visits > 1.0 {
            (visits - 1.0) / visits
        } else {
            0.0
        })
    }

    /// The longest over all arcs back.
    fn recovery_time(&self) -> Result<f64, DoraGap> {
        let mut longest: Option<f64> = None;
        for index in self.failures() {
            let arc = &self.evaluation.network.arcs[index];
            let found = self.path(self.deployment, arc.from);
            let mended = self.path(arc.to, self.deployment);
            let (Some(found), Some(mended)) = (found, mended) else {
                continue;
            };
            let transfer = self.evaluation.times.transfer[index];
            let transfer =
                transfer.ok_or_else(|| DoraGap::Unknown(vec![self.stream.flows[index]]))?;
            let time =
                self.time(&found, First::Left)? + transfer + self.time(&mended, First::Counted)?;
            longest = Some(longest.map_or(time, |other| other.max(time)));
        }
        longest.ok_or(DoraGap::NoRework)
    }
}

/// Whether the time at the first station of a path counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Counted,
    Left,
}

/// A level of performance in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoraLevel {
    /// Elite.
    Elite,
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
}

impl DoraLevel {
    /// Its name in the reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Elite => "elite",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// What a report says of one level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoraBenchmark {
    /// The level.
    pub level: DoraLevel,
    /// How often it deploys.
    pub deployment_frequency: &'static str,
    /// Its change lead time.
    pub change_lead_time: &'static str,
    /// Its change fail rate, in parts of 1.
    pub change_fail_rate: f64,
}

/// The source and year of [`BENCHMARKS`].
pub const BENCHMARK_SOURCE: &str = "DORA, Accelerate State of DevOps Report 2024";

/// The levels of the report of 2024, as printed: that year's high level fails more often than its
/// medium one.
pub const BENCHMARKS: [DoraBenchmark; 4] = [
    DoraBenchmark {
        level: DoraLevel::Elite,
        deployment_frequency: "on demand",
        change_lead_time: "less than a day",
        change_fail_rate: 0.05,
    },
    DoraBenchmark {
        level: DoraLevel::High,
        deployment_frequency: "between once a day and once a week",
        change_lead_time: "a day to a week",
        change_fail_rate: 0.2,
    },
    DoraBenchmark {
        level: DoraLevel::Medium,
        deployment_frequency: "between once a week and once a month",
        change_lead_time: "a week to a month",
        change_fail_rate: 0.1,
    },
    DoraBenchmark {
        level: DoraLevel::Low,
        deployment_frequency: "between once a month and once every six months",
        change_lead_time: "one to six months",
        change_fail_rate: 0.4,
    },
];

/// The level of 2024 that a change lead time or a deployment frequency has; none of other metrics,
/// whose bands the report does not order, and none beyond half a year.
#[must_use]
pub fn level_of(metric: DoraMetric, value: f64, calendar: &Calendar) -> Option<DoraLevel> {
    let (day, week, month) = match metric {
        DoraMetric::ChangeLeadTime => (
            calendar.seconds_in(Unit::Day),
            calendar.seconds_in(Unit::Week),
            calendar.seconds_in(Unit::Month),
        ),
        DoraMetric::DeploymentFrequency => (
            calendar.working_seconds_of(Unit::PerDay),
            calendar.working_seconds_of(Unit::PerWeek),
            calendar.working_seconds_of(Unit::PerMonth),
        ),
        _ => return None,
    };
    // The time of a change, or between two deployments.
    let span = match metric {
        DoraMetric::ChangeLeadTime => value,
        _ => 1.0 / value,
    };
    let bands = [
        (DoraLevel::Elite, day),
        (DoraLevel::High, week),
        (DoraLevel::Medium, month),
        (DoraLevel::Low, 6.0 * month),
    ];
    // A deployment once a day is the high level's; so is a change that takes a day.
    let band = bands.iter().find(|(level, most)| match level {
        DoraLevel::Elite => span < most * (1.0 - 1e-9),
        _ => span <= most * (1.0 + 1e-9),
    });
    band.map(|(level, _)| *level)
}
