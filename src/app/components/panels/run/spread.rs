//! Sensitivity: which constants are not certain, many runs, what they spread to.

use leptos::prelude::*;

use super::follow_run;
use super::list_row::ListRow;
use super::range_row::RangeRow;
use crate::app::components::field::{Choice, InputField};
use crate::app::components::panels::progress::ProgressRow;
use crate::app::components::report::{ChartExport, PictureView, TableView};
use crate::app::services::run;
use crate::app::state::{SpreadState, use_app};
use crate::app::text::grouped;
use crate::model::Id;
use crate::worker::{
    MOST_RUNS, Slider, SpreadList, SpreadOver, SpreadPlan, SpreadRange, SpreadShape,
};

/// How many runs of a Latin hypercube there may be.
const RUNS: [u32; 4] = [100, 500, 2_000, 10_000];
/// How many numbers of a range a grid may have.
const LEVELS: [u32; 7] = [2, 3, 5, 7, 9, 11, 21];
/// What the numbers of a constant are like; the last is no range.
const SHAPES: [(Option<SpreadShape>, &str, &str); 5] = [
    (Some(SpreadShape::Uniform), "uniform", "All alike"),
    (
        Some(SpreadShape::Triangular),
        "triangular",
        "The model's is likeliest",
    ),
    (
        Some(SpreadShape::Normal),
        "normal",
        "Bell around the model's",
    ),
    (
        Some(SpreadShape::LogNormal),
        "log-normal",
        "Skewed, 95 % between the ends",
    ),
    (None, "list", "Only some numbers"),
];
const PLANS: [(&str, &str); 2] = [
    ("latin", "A sample (Latin hypercube)"),
    ("grid", "All with all (grid)"),
];

/// The range that a constant has at first: a quarter more and less.
fn first_range(slider: &Slider) -> (f64, f64) {
    let (a, b) = (0.75 * slider.value, 1.25 * slider.value);
    match slider.value == 0.0 {
        true => (slider.least, slider.most),
        false => (a.min(b), a.max(b)),
    }
}

/// What is chosen for the runs.
#[derive(Clone, Copy)]
struct Chosen {
    shape: RwSignal<Option<SpreadShape>>,
    ranges: RwSignal<Vec<SpreadRange>>,
    lists: RwSignal<Vec<SpreadList>>,
    is_grid: RwSignal<bool>,
    runs: RwSignal<u32>,
    levels: RwSignal<u32>,
    /// None for that of the document.
    seed: RwSignal<Option<u32>>,
}

impl Chosen {
    /// How many runs there would be, as far as they can be counted.
    fn count(self) -> u64 {
        if !self.is_grid.get() {
            return u64::from(self.runs.get());
        }
        let product = |counts: &mut dyn Iterator<Item = u64>| counts.fold(1, u64::saturating_mul);
        match self.shape.get() {
            Some(_) => {
                let each = u64::from(self.levels.get());
                self.ranges
                    .with(|all| product(&mut all.iter().map(|_| each)))
            }
            None => self
                .lists
                .with(|all| product(&mut all.iter().map(|one| one.numbers.len() as u64))),
        }
    }

    fn is_empty(self) -> bool {
        match self.shape.get() {
            Some(_) => self.ranges.with(Vec::is_empty),
            None => self
                .lists
                .with(|all| all.is_empty() || all.iter().any(|one| one.numbers.is_empty())),
        }
    }

    fn over(self) -> SpreadOver {
        match self.shape.get_untracked() {
            Some(shape) => SpreadOver::Ranges(shape, self.ranges.get_untracked()),
            None => SpreadOver::Lists(self.lists.get_untracked()),
        }
    }

    fn plan(self, seed: u32) -> SpreadPlan {
        match self.is_grid.get_untracked() {
            true => SpreadPlan::Grid {
                levels: self.levels.get_untracked(),
            },
            false => SpreadPlan::LatinHypercube {
                runs: self.runs.get_untracked(),
                seed,
            },
        }
    }
}

/// The choices, the button, and what came out.
#[component]
pub fn Spread() -> impl IntoView {
    let app = use_app();
    let chosen = Chosen {
        shape: RwSignal::new(Some(SpreadShape::Uniform)),
        ranges: RwSignal::new(Vec::new()),
        lists: RwSignal::new(Vec::new()),
        is_grid: RwSignal::new(false),
        runs: RwSignal::new(RUNS[1]),
        levels: RwSignal::new(LEVELS[2]),
        seed: RwSignal::new(None),
    };
    let output: RwSignal<Option<Id>> = RwSignal::new(None);
    let sliders = follow_run(app, |view| view.sliders.clone());
    let keys = Memo::new(move |_| {
        sliders.with(|sliders| sliders.iter().map(|one| one.id).collect::<Vec<_>>())
    });
    let outputs = follow_run(app, |view| {
        let changing = view.variables.iter().filter(|one| one.changes);
        changing
            .map(|one| (one.id.to_string(), one.name.clone()))
            .collect::<Vec<_>>()
    });
    let first = follow_run(app, |view| view.shown.first().copied());
    let looked_at = move || output.get().or_else(|| first.get());
    let seed = Memo::new(move |_| {
        app.document.track();
        let own = app.with(|core| core.editor.document().properties().run.seed);
        chosen.seed.get().unwrap_or(own.cast_unsigned())
    });
    let count = Memo::new(move |_| chosen.count());
    let is_too_many = move || count.get() > MOST_RUNS as u64;
    let is_ready = move || !chosen.is_empty() && !is_too_many() && looked_at().is_some();
    let begin = move |()| {
        if let Some(output) = looked_at() {
            let plan = chosen.plan(seed.get_untracked());
            run::spread(app, chosen.over(), plan, output);
        }
    };
    let how_far = move || match app.spread.get() {
        SpreadState::Running(share) => Some(format!("{share} %")),
        _ => None,
    };
    view! {
        <p class="muted">"Choose the constants that are not certain, and how far they may be off."</p>
        <Show
            when=move || chosen.shape.with(Option::is_some)
            fallback=move || {
                view! {
                    <div class="run-spread">
                        <For each=move || keys.get() key=|id| *id let:id>
                            <ListRow id sliders lists=chosen.lists/>
                        </For>
                    </div>
                }
            }
        >
            <div class="run-spread">
                <For each=move || keys.get() key=|id| *id let:id>
                    <RangeRow id sliders ranges=chosen.ranges first=first_range/>
                </For>
            </div>
        </Show>
        <Choices chosen seed/>
        <label class="run-pair">
            <span>"Look at"</span>
            <Choice
                options=Signal::derive(move || outputs.get())
                chosen=Signal::derive(move || {
                    looked_at().map(|id| id.to_string()).unwrap_or_default()
                })
                keep=move |id: String| output.set(id.parse().ok())
            />
        </label>
        <Show when=is_too_many>
            <p class="trouble" role="status">
                {move || {
                    format!(
                        "These would be {} runs; at most {} are possible. Choose fewer constants or fewer \
                         numbers of each.",
                        grouped(count.get()),
                        grouped(MOST_RUNS as u64),
                    )
                }}
            </p>
        </Show>
        <ProgressRow
            words=Signal::derive(move || format!("Run {} times", grouped(count.get())))
            is_ready=Signal::derive(is_ready)
            how_far=Signal::derive(how_far)
            begin
            stop=move |()| run::stop_spread(app)
        />
        <Outcome/>
    }
}

/// What the numbers are like, which of them are run, and what they follow from.
#[component]
fn Choices(chosen: Chosen, seed: Memo<u32>) -> impl IntoView {
    let shapes = SHAPES.map(|(_, key, words)| (key.to_owned(), words.to_owned()));
    let plans = PLANS.map(|(key, words)| (key.to_owned(), words.to_owned()));
    let counts = RUNS.map(|count| (count.to_string(), format!("{count} runs")));
    let levels = LEVELS.map(|count| (count.to_string(), format!("{count} numbers of each")));
    let wrong = RwSignal::new(false);
    let keep_seed = move |typed: String| match typed.trim() {
        "" => {
            wrong.set(false);
            chosen.seed.set(None);
        }
        typed => match typed.parse() {
            Ok(seed) => {
                wrong.set(false);
                chosen.seed.set(Some(seed));
            }
            Err(_) => wrong.set(true),
        },
    };
    let is_grid = move || chosen.is_grid.get();
    let has_levels = move || is_grid() && chosen.shape.with(Option::is_some);
    view! {
        <label class="run-pair">
            <span>"Numbers"</span>
            <Choice
                options=shapes.to_vec()
                chosen=Signal::derive(move || {
                    let shape = chosen.shape.get();
                    let mut all = SHAPES.iter();
                    let found = all.find(|(one, ..)| *one == shape);
                    found.map_or_else(String::new, |(_, key, _)| (*key).to_owned())
                })
                keep=move |key: String| {
                    if let Some((one, ..)) = SHAPES.iter().find(|(_, other, _)| *other == key) {
                        chosen.shape.set(*one);
                    }
                }
            />
        </label>
        <label class="run-pair">
            <span>"Which runs"</span>
            <Choice
                options=plans.to_vec()
                chosen=Signal::derive(move || {
                    let at = usize::from(chosen.is_grid.get());
                    PLANS[at].0.to_owned()
                })
                keep=move |key: String| chosen.is_grid.set(key == PLANS[1].0)
            />
        </label>
        <Show when=move || !is_grid()>
            <label class="run-pair">
                <span>"How many"</span>
                <Choice
                    options=counts.to_vec()
                    chosen=Signal::derive(move || chosen.runs.get().to_string())
                    keep=move |count: String| chosen.runs.set(count.parse().unwrap_or(RUNS[1]))
                />
            </label>
            <label class="run-pair">
                <span>"Seed"</span>
                <InputField
                    value=Signal::derive(move || seed.get().to_string())
                    keep=keep_seed
                    attr:class="field"
                    attr:inputmode="numeric"
                    attr:autocomplete="off"
                />
            </label>
            <Show when=move || wrong.get()>
                <p class="trouble" role="alert">
                    {format!("a whole number from 0 to {} is needed", u32::MAX)}
                </p>
            </Show>
        </Show>
        <Show when=has_levels>
            <label class="run-pair">
                <span>"How many"</span>
                <Choice
                    options=levels.to_vec()
                    chosen=Signal::derive(move || chosen.levels.get().to_string())
                    keep=move |count: String| {
                        chosen.levels.set(count.parse().unwrap_or(LEVELS[2]));
                    }
                />
            </label>
        </Show>
    }
}

/// What came out of the runs.
#[component]
fn Outcome() -> impl IntoView {
    let app = use_app();
    let view = Memo::new(move |_| match app.spread.get() {
        SpreadState::Done(view) => Some(view),
        _ => None,
    });
    let why = move || match app.spread.get() {
        SpreadState::Refused(why) => Some(why),
        _ => None,
    };
    let picture = Memo::new(move |_| view.get().map(|view| view.picture).unwrap_or_default());
    let ranking = Memo::new(move |_| view.get().map(|view| view.ranking).unwrap_or_default());
    let notes = move || view.get().map(|view| view.notes).unwrap_or_default();
    view! {
        {move || why().map(|words| view! { <p class="trouble" role="alert">{words}</p> })}
        <Show when=move || view.with(Option::is_some)>
            <PictureView picture class="chart"/>
            <ChartExport picture/>
            <h4>"What the last value hangs on"</h4>
            <TableView table=ranking/>
            {move || notes().into_iter().map(|words| view! { <p class="muted">{words}</p> }).collect_view()}
        </Show>
    }
}
