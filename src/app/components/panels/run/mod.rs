//! The panel of the model: what a run gives, sliders and scenarios, which loops drive, settings.

mod chart;
mod choose;
mod equation;
mod fit;
mod fit_columns;
mod list_row;
mod loops;
mod problems;
mod range_row;
mod scenarios;
mod settings;
mod sliders;
mod spread;
mod time;
mod values;

use leptos::prelude::*;

use super::fold::{Fold, Shown};
use super::map_run::{MapRun, has_map};
use crate::app::components::report::ReportPart;
use crate::app::services::{run, run_moment};
use crate::app::state::{App, Page, use_app};
use crate::worker::{ReportKind, RunState, RunView};

use chart::ChartView;
use choose::Choose;
use equation::EquationEditor;
use fit::Fitting;
use loops::Driving;
use problems::{FromStream, Notes, Problems, Unknown};
use scenarios::Scenarios;
use settings::Settings;
use sliders::Sliders;
use spread::Spread;
use values::Values;

/// The panel.
#[component]
pub fn RunPanel() -> impl IntoView {
    let app = use_app();
    run::refresh(app);
    on_cleanup(move || run_moment::leave(app));
    let state = follow_run(app, |view| view.state);
    let is = move |wanted: RunState| move || state.get() == wanted;
    let map = has_map(app);
    let has_variables = Memo::new(move |_| {
        app.document.track();
        app.with(|core| !core.editor.document().variables().is_empty())
    });
    // A map that runs needs no equations.
    let is_nothing = move || state.get() == RunState::Nothing && !map.get();
    let is_model = move || state.get() != RunState::Nothing || !map.get();
    view! {
        <h2 class="panel-title">"Run"</h2>
        <Show when=move || map.get()>
            <MapRun/>
        </Show>
        <Show when=move || map.get() && is_model()>
            <h3 class="sheet-heading">"The model"</h3>
        </Show>
        <Show when=move || has_variables.get()>
            <EquationEditor/>
        </Show>
        <Show when=is_nothing>
            <p class="muted">
                "Nothing can run yet. Write an equation for a variable, or open a template that runs."
            </p>
        </Show>
        <Show when=is(RunState::Faulty)>
            <Problems/>
        </Show>
        <Show when=is(RunState::Done)>
            <Unknown/>
            <ChartView/>
            <Notes/>
            <FromStream/>
            <Sections/>
        </Show>
        <Show when=move || app.page == Page::Editor && is_model()>
            <Fold title="Settings of runs" id="run-settings" first=Shown::Closed>
                <Settings/>
            </Fold>
        </Show>
    }
}

/// The parts of the panel below the chart.
#[component]
fn Sections() -> impl IntoView {
    let app = use_app();
    let has_sliders = follow_run(app, |view| !view.sliders.is_empty());
    view! {
        <Fold title="What the chart shows" id="run-choose" first=Shown::Closed>
            <Choose/>
        </Fold>
        <Show when=move || has_sliders.get()>
            <Fold title="Sliders" id="run-sliders" first=Shown::Open>
                <Sliders/>
            </Fold>
        </Show>
        <Fold title="Scenarios" id="run-scenarios" first=Shown::Open>
            <Scenarios/>
        </Fold>
        <Fold title="Which loop drives" id="run-loops" first=Shown::Closed>
            <Driving/>
        </Fold>
        <Show when=move || has_sliders.get()>
            <Fold title="Sensitivity" id="run-spread" first=Shown::Closed>
                <Spread/>
            </Fold>
            <Fold title="Fit to data" id="run-fit" first=Shown::Closed>
                <Fitting/>
            </Fold>
        </Show>
        <Fold title="Can it be trusted?" id="run-trust" first=Shown::Closed>
            <ReportPart kind=ReportKind::Model/>
        </Fold>
        <Fold title="Values" id="run-values" first=Shown::Closed>
            <Values/>
        </Fold>
    }
}

/// Something of what runs give.
fn follow_run<T: Clone + PartialEq + Send + Sync + 'static>(
    app: App,
    read: impl Fn(&RunView) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| app.run.with(&read))
}
