//! Where the equation and the arrows of a variable differ, and what mends it.

use leptos::prelude::*;

use super::tell;
use crate::app::state::{App, use_app};
use crate::editor::Command;
use crate::model::{Id, Patch, Polarity, in_sentence};
use crate::simulate::{Arrows, arrows_of};

/// One line: what differs, and the button that mends it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Offer {
    words: String,
    button: String,
    mends: Mends,
}

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mends {
    /// Adds the link from a cause.
    Add(Id),
    /// Adds all links that are missing.
    AddAll,
    /// Removes a link.
    Remove(Id),
    /// Gives a link its proved sign.
    Sign(Id),
}

/// The lines of a variable.
#[component]
pub fn Offers(id: Id) -> impl IntoView {
    let app = use_app();
    let arrows = Memo::new(move |_| {
        app.document.track();
        app.with(|core| arrows_of(core.editor.document(), id))
            .unwrap_or_default()
    });
    let offers = Memo::new(move |_| arrows.with(|arrows| offers_of(app, id, arrows)));
    let mend = move |mends: Mends| {
        let patch = arrows.with_untracked(|arrows| patch_of(app, id, arrows, mends));
        tell(app, Command::Apply(patch));
    };
    view! {
        <Show when=move || offers.with(|offers| !offers.is_empty())>
            <ul class="equation-differences" aria-label="Equation and arrows disagree">
                <For each=move || offers.get() key=Clone::clone let:offer>
                    <li>
                        <span dir="auto">{offer.words}</span>
                        <button class="button" on:click=move |_| mend(offer.mends)>
                            {offer.button}
                        </button>
                    </li>
                </For>
            </ul>
        </Show>
    }
}

fn offers_of(app: App, id: Id, arrows: &Arrows) -> Vec<Offer> {
    app.with(|core| {
        let document = core.editor.document();
        let name = |id: Id| {
            let variable = document.variables().get(&id);
            in_sentence(variable.map_or("", |variable| &variable.name))
        };
        let arrow = |link: Id| {
            let link = document.links().get(&link);
            link.map(|link| format!("{} → {}", name(link.from), name(link.to)))
                .unwrap_or_default()
        };
        let offer = |words: String, button: &str, mends| Offer {
            words,
            button: button.to_owned(),
            mends,
        };
        let missing = arrows.missing.iter().map(|missing| {
            let words = format!("No link yet: {} → {}", name(missing.cause), name(id));
            let button = match missing.sign {
                Polarity::Unknown => "Add it".to_owned(),
                sign => format!("Add it, {}", sign_of(sign)),
            };
            offer(words, &button, Mends::Add(missing.cause))
        });
        let all = (arrows.missing.len() > 1).then(|| {
            offer(
                "Several links are missing".to_owned(),
                "Add all",
                Mends::AddAll,
            )
        });
        let unused = arrows.unused.iter().map(|link| {
            let words = format!("Not in the equation: {}", arrow(*link));
            offer(words, "Remove", Mends::Remove(*link))
        });
        let unsigned = arrows.unsigned.iter().map(|proved| {
            let words = format!("{}, no sign yet", arrow(proved.link));
            let button = format!("Proved: {}", sign_of(proved.sign));
            offer(words, &button, Mends::Sign(proved.link))
        });
        let contradicted = arrows.contradicted.iter().map(|proved| {
            let words = format!("The equation proves another sign: {}", arrow(proved.link));
            let button = format!("Make it {}", sign_of(proved.sign));
            offer(words, &button, Mends::Sign(proved.link))
        });
        let offers = contradicted.chain(missing).chain(all);
        offers.chain(unused).chain(unsigned).collect()
    })
}

const fn sign_of(sign: Polarity) -> &'static str {
    match sign {
        Polarity::Positive => "+",
        Polarity::Negative => "\u{2212}",
        Polarity::Unknown => "?",
    }
}

/// The change of a button alone.
fn patch_of(app: App, id: Id, arrows: &Arrows, mends: Mends) -> Patch {
    let mut only = Arrows::default();
    match mends {
        Mends::Add(cause) => {
            let missing = arrows.missing.iter().filter(|one| one.cause == cause);
            only.missing = missing.copied().collect();
        }
        Mends::AddAll => only.missing.clone_from(&arrows.missing),
        Mends::Remove(link) => only.unused.push(link),
        Mends::Sign(link) => {
            let proved = arrows.unsigned.iter().chain(&arrows.contradicted);
            only.unsigned = proved.filter(|one| one.link == link).copied().collect();
        }
    }
    app.change(|core| {
        let document = core.editor.document();
        match mends {
            Mends::Add(_) | Mends::AddAll => only.add_missing(document, id, &mut core.ids),
            Mends::Remove(_) => only.remove_unused(document),
            Mends::Sign(_) => only.sign_proved(document),
        }
    })
}
