//! The leverage point: what the team would act on, what kind of leverage that is, and why.

use leptos::prelude::*;

use crate::app::components::field::{Choice, TextArea};
use crate::app::components::icon::{Icon, IconButton};
use crate::app::components::panels::fold::{Fold, Shown};
use crate::app::components::report::ReportPart;
use crate::app::services::retrospectives;
use crate::app::state::{App, use_app};
use crate::editor::{SheetText, choose_lever, say_level, write_sheet};
use crate::model::{Id, Lever, LeverageLevel, Retrospective};
use crate::story::{around, lever_words};
use crate::worker::ReportKind;

/// How many loops, and how many variables, are offered by name.
const OFFERED: usize = 30;

/// What can be acted on, by name: the loops, then the variables that the sheet is about.
pub fn offers(app: App, sheet: Id) -> Vec<(Lever, String)> {
    app.with(|core| {
        let (document, report) = (core.editor.document(), core.editor.report());
        let loops = report.loops.iter().take(OFFERED);
        let loops = loops.map(|one| Lever::Loop(one.key.clone()));
        let variables = around(document, sheet, OFFERED).into_iter();
        let all = loops.chain(variables.map(Lever::Record));
        let named = all.filter_map(|lever| {
            let words = lever_words(document, Some(report), &lever)?;
            Some((lever, words))
        });
        named.collect()
    })
}

/// The entries of a field in which one is chosen by its name: each by its number, after the first.
pub fn by_number(
    first: &'static str,
    offered: Memo<Vec<(Lever, String)>>,
) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let first = [(String::new(), first.to_owned())];
        let named = offered.get().into_iter().zip(1..);
        let named = named.map(|((_, words), number): (_, usize)| (number.to_string(), words));
        first.into_iter().chain(named).collect()
    })
}

/// The one that was chosen in such a field.
pub fn numbered(offered: Memo<Vec<(Lever, String)>>, value: &str) -> Option<Lever> {
    let at = value.parse::<usize>().ok()?.checked_sub(1)?;
    offered.with_untracked(|all| Some(all.get(at)?.0.clone()))
}

/// What is pointed out on the canvas, with its words.
pub fn pointed(app: App) -> Vec<(Lever, String)> {
    let levers = retrospectives::pointed_out(app).into_iter();
    app.with(|core| {
        let (document, report) = (core.editor.document(), core.editor.report());
        let named = levers.filter_map(|lever| {
            let words = lever_words(document, Some(report), &lever)?;
            Some((lever, words))
        });
        named.collect()
    })
}

/// The choice of the leverage point, its level and why.
#[component]
pub fn LeveragePoint(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let sheet = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().retrospectives().get(&id).cloned())
    });
    view! {
        <Chosen id sheet/>
        <Choose id sheet/>
        <LevelAndWhy id sheet/>
        <Fold title="Where a change might move much" id="retro-leverage" first=Shown::Closed>
            <ReportPart kind=ReportKind::Leverage/>
        </Fold>
    }
}

/// What is chosen, whether it is still there, and the ways to show it and to leave it.
#[component]
fn Chosen(id: Id, sheet: Memo<Option<Retrospective>>) -> impl IntoView {
    let app = use_app();
    let lever = Memo::new(move |_| sheet.with(|sheet| sheet.as_ref()?.lever.clone()));
    let words = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        lever.with(|lever| {
            let lever = lever.as_ref()?;
            app.with(|core| lever_words(core.editor.document(), Some(core.editor.report()), lever))
        })
    });
    let show = move |_| {
        if let Some(lever) = lever.get_untracked() {
            retrospectives::show_lever(app, &lever);
        }
    };
    let leave = move |_| retrospectives::change(app, |document| choose_lever(document, id, None));
    view! {
        <Show when=move || lever.with(Option::is_some)>
            <div class="retro-chosen">
                <Show
                    when=move || words.with(Option::is_some)
                    fallback=|| {
                        view! {
                            <span class="story-gone">
                                <Icon picture=icondata_lu::LuTriangleAlert/>
                                "What was chosen is gone from the diagram."
                            </span>
                        }
                    }
                >
                    <strong id="retro-lever" dir="auto">{move || words.get()}</strong>
                    <button class="button" on:click=show>
                        <Icon picture=icondata_lu::LuEye/>
                        "Show"
                    </button>
                </Show>
                <IconButton
                    picture=icondata_lu::LuX
                    name="Choose no leverage point"
                    title="Choose none"
                    on:click=leave
                />
            </div>
        </Show>
    }
}

/// The ways to choose: what is selected on the canvas, or by name.
#[component]
fn Choose(id: Id, sheet: Memo<Option<Retrospective>>) -> impl IntoView {
    let app = use_app();
    let pointed = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.loops.track();
        let mut all = pointed(app);
        sheet.with(|sheet| {
            let now = sheet.as_ref().and_then(|sheet| sheet.lever.as_ref());
            all.retain(|(lever, _)| Some(lever) != now);
        });
        all
    });
    let offered = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        offers(app, id)
    });
    let choose = move |lever: Lever| {
        retrospectives::change(app, |document| choose_lever(document, id, Some(lever)));
    };
    let options = by_number("By its name…", offered);
    let by_name = move |value: String| {
        if let Some(lever) = numbered(offered, &value) {
            choose(lever);
        }
    };
    let chosen = Signal::derive(move || {
        let lever = sheet.with(|sheet| sheet.as_ref().and_then(|sheet| sheet.lever.clone()));
        let at = offered.with(|all| all.iter().position(|(one, _)| Some(one) == lever.as_ref()));
        at.map(|at| (at + 1).to_string()).unwrap_or_default()
    });
    view! {
        <div class="retro-choose">
            <For each=move || pointed.get() key=Clone::clone let((lever, words))>
                <button class="button retro-wide" on:click=move |_| choose(lever.clone())>
                    {format!("Choose {words}")}
                </button>
            </For>
            <Show when=move || pointed.with(Vec::is_empty)>
                <p class="story-hint">
                    "Select a variable, a link, a loop or a step on the canvas, or choose by name:"
                </p>
            </Show>
            <Show when=move || offered.with(|all| !all.is_empty())>
                <Choice
                    options
                    chosen
                    keep=by_name
                    attr:aria-label="Choose the leverage point by its name"
                />
            </Show>
        </div>
    }
}

/// The levels of leverage as a choice: the number of each, and its words.
pub fn levels() -> Vec<(String, String)> {
    let levels = LeverageLevel::all().map(|level| {
        let number = level.number().to_string();
        let words = format!("{number} · {}", level.name());
        (number, words)
    });
    let none = [(String::new(), "not said".to_owned())];
    none.into_iter().chain(levels).collect()
}

/// What kind of leverage it is, and why it was chosen.
#[component]
fn LevelAndWhy(id: Id, sheet: Memo<Option<Retrospective>>) -> impl IntoView {
    let app = use_app();
    let number = |level: LeverageLevel| level.number().to_string();
    let level = Signal::derive(move || {
        let level = sheet.with(|sheet| sheet.as_ref().and_then(|sheet| sheet.level));
        level.map(number).unwrap_or_default()
    });
    let keep = move |chosen: String| {
        let level = chosen.parse().ok();
        let level = level.and_then(|number| LeverageLevel::new(number).ok());
        retrospectives::change(app, |document| say_level(document, id, level));
    };
    let why = Signal::derive(move || {
        sheet
            .with(|sheet| sheet.as_ref().map(|sheet| sheet.why.clone()))
            .unwrap_or_default()
    });
    view! {
        <label class="story-field">
            <span>"What kind of leverage it is (Meadows: 1 is the strongest)"</span>
            <Choice options=levels() chosen=level keep attr:id="retro-level"/>
        </label>
        <label class="story-field">
            <span>"Why there?"</span>
            <TextArea
                value=why
                keep=move |typed: String| {
                    retrospectives::change(app, |document| {
                        write_sheet(document, id, SheetText::Why, &typed)
                    });
                }
                attr:class="field retro-grows"
                attr:id="retro-why"
                attr:rows="2"
                attr:maxlength="20000"
            />
        </label>
    }
}
