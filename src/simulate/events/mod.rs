//! Discrete events: items that pass through a line one by one, wait for people and machines, and
//! take as long as chance has it.
//!
//! A [`Line`] is what there is; [`Plan::new`] checks it. A [`Run`] is one replication; a [`Study`]
//! makes several and gives [`Results`] with their intervals; [`compare`] sets two studies against
//! each other under the same chance; a [`Forecast`] answers when, and how much by when. All of them
//! go on in portions and can be left at any time.
//!
//! Times are spans of working time in one unit, that of the laws of the line, as `f64` from 0;
//! [`WorkingTime`] brings them to the clock. Nothing here knows the clock or draws chance of its
//! own: the same plan, seed and replication give the same run.

mod advance;
mod arriving;
mod compare;
mod digest;
mod draws;
mod film;
mod forecast;
mod gates;
mod heap;
mod history;
mod intervals;
mod law;
mod line;
mod moving;
mod outages;
mod parts;
mod plan;
mod quantile_table;
mod queues;
mod reach;
mod results;
mod run;
mod serving;
mod special;
mod state;
mod study;
mod tally;
mod waits;
mod warm_up;
mod working_time;

pub use compare::{CompareError, Differences, compare};
pub use digest::{Digest, MOST_EXACT, histogram_of, quantile_of};
pub use draws::{Chance, Purpose, Stream, item_number};
pub use film::{Move, Standing};
pub use forecast::{Forecast, Percentile, Question};
pub use history::{History, PERIODS, POINTS, Point};
pub use intervals::{Interval, batch_means, lag_one};
pub use law::{Law, LawError};
pub use line::{
    Arrivals, Crew, Cycle, Expedite, Limit, Line, Onwards, OutageBy, Outages, Place, Pool, Route,
    Servers, SetUp, SetUpWhen, Source, Station, Step, Store, Waiting, WhenBlocked, WhenFull,
};
pub use plan::{Plan, PlanError};
pub use results::{CrewResults, Results, SHARES, StationResults, Steadiness};
pub use run::{End, InWork, Run, Status, Until};
pub use study::{LeftOut, Progress, Settings, Study, USUAL_ITEMS, USUAL_REPLICATIONS};
pub use tally::{Cause, Doing, Totals};
pub use warm_up::{WarmUp, fives, mean_over, mser};
pub use working_time::{WorkingTime, WorkingTimeError};
