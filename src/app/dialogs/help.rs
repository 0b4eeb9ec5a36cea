//! Keys and a short introduction, from the one table of actions.

use leptos::prelude::*;

use crate::editor::{ACTIONS, ActionGroup};

/// Keys and help.
#[component]
pub fn Help() -> impl IntoView {
    view! {
        <div class="help-intro">
            <p>
                "A variable is a quantity that can rise or fall. A link says what it does to another: "
                <strong>"+"</strong> " pushes it the same way, " <strong>"−"</strong>
                " the opposite way, " <strong>"?"</strong> " is not known yet."
            </p>
            <p>
                "A loop with an even number of − " <span class="kind kind-reinforcing">"reinforces"</span>
                ": change feeds itself. With an odd number it "
                <span class="kind kind-balancing">"balances"</span> ": change meets resistance."
            </p>
        </div>
        <div class="help-groups">
            {ActionGroup::ALL.map(|group| view! {
                <section>
                    <h3>{group.title()}</h3>
                    <dl>
                        {ACTIONS.iter().filter(|row| row.group == group && !row.keys.is_empty()).map(|row| {
                            let keys: Vec<String> = row.keys.iter().take(2).map(|key| key.written()).collect();
                            view! {
                                <div><dt>{row.label}</dt>
                                <dd>{keys.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view()}</dd></div>
                            }
                        }).collect_view()}
                    </dl>
                </section>
            })}
            <section>
                <h3>"Pointer"</h3>
                <dl>
                    <div><dt>"New variable"</dt><dd>"double-click"</dd></div>
                    <div><dt>"New link"</dt><dd>"drag from a rim"</dd></div>
                    <div><dt>"Bend a link"</dt><dd>"drag it"</dd></div>
                    <div><dt>"Copy while dragging"</dt><dd><kbd>"Alt"</kbd></dd></div>
                    <div><dt>"Move without lining up"</dt><dd><kbd>"Ctrl"</kbd></dd></div>
                    <div><dt>"Pan"</dt><dd>"wheel, or space and drag"</dd></div>
                    <div><dt>"Zoom"</dt><dd>"Ctrl and wheel, or pinch"</dd></div>
                </dl>
            </section>
        </div>
    }
}
