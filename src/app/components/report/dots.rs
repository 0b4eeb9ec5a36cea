//! The dots of a vote at a finding of the checks.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::row::Standing;
use crate::app::browser::focus_if_lost;
use crate::app::services::vote;
use crate::app::services::vote_results::target_of;
use crate::app::state::use_app;
use crate::editor::{Access, DotWay};
use crate::sync::Stage;
use crate::worker::{Row, RowKind};

/// What a row shows of the vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dots {
    /// Nothing.
    Off,
    /// The vote is open, and so many of the own dots are here.
    Own(usize),
    /// The vote is open, and the finding was answered after so many own dots were given.
    Answered(usize),
    /// The vote is closed, and so many dots of everybody are here.
    All(usize),
}

impl Dots {
    const fn can_give(self) -> bool {
        matches!(self, Self::Own(_))
    }

    const fn can_take_back(self) -> bool {
        matches!(self, Self::Own(1..) | Self::Answered(1..))
    }

    /// The words of the button that gives one.
    fn giving(self) -> String {
        match self {
            Self::Own(own @ 1..) => format!("Give a dot ({own} given)"),
            _ => "Give a dot".to_owned(),
        }
    }

    /// How many everybody gave, in words.
    fn total(self) -> Option<String> {
        match self {
            Self::All(all @ 1..) => Some(vote::dots_in_words(all)),
            _ => None,
        }
    }
}

/// Buttons for dots while a vote is open, and once it is closed how many there are; nothing at a row
/// that is no finding.
#[component]
pub fn RowDots(
    /// The row.
    row: Memo<Row>,
    /// Its place in the report.
    place: Signal<String>,
    /// What stays while the report is written anew.
    standing: Standing,
) -> impl IntoView {
    let app = use_app();
    let target = Memo::new(move |_| row.with(target_of));
    let is_answered = Memo::new(move |_| row.with(|row| row.kind == RowKind::Answered));
    let dots = Memo::new(move |_| {
        let Some(target) = target.get() else {
            return Dots::Off;
        };
        app.mode.track();
        let can_vote = app.with(|core| core.editor.access() == Access::Edit);
        app.vote.with(|view| {
            let Some(view) = view else {
                return Dots::Off;
            };
            let own = view.own.get(&target).copied().unwrap_or_default();
            match view.vote.stage {
                Stage::Open if !can_vote => Dots::Off,
                Stage::Open if is_answered.get() => Dots::Answered(own),
                Stage::Open => Dots::Own(own),
                Stage::Closed | Stage::Over => {
                    let mut results = view.results.iter();
                    let counted = results.find(|one| one.target == target);
                    Dots::All(counted.map_or(0, |one| one.dots))
                }
            }
        })
    });
    let take_focus = move || standing.focused.set(Some(place.get_untracked()));
    let press = move |way: DotWay| {
        take_focus();
        vote::dot_finding(app, &row.get_untracked(), way);
        // With the last dot its button goes, and the focus with it.
        let place = place.get_untracked();
        Timeout::new(0, move || focus_if_lost(&format!("#finding-{place}"))).forget();
    };
    view! {
        <Show when=move || dots.get().can_give()>
            <button
                class="button button-small"
                on:focus=move |_| take_focus()
                on:click=move |_| press(DotWay::Give)
            >
                {move || dots.get().giving()}
            </button>
        </Show>
        <Show when=move || dots.get().can_take_back()>
            <button
                class="button button-small"
                on:focus=move |_| take_focus()
                on:click=move |_| press(DotWay::TakeBack)
            >
                "Take back"
            </button>
        </Show>
        {move || dots.get().total().map(|words| view! { <span class="finding-dots">{words}</span> })}
    }
}
