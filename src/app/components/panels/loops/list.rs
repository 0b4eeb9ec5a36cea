//! The loops one by one, told as sentences; pointing at one lights it up.

use leptos::prelude::*;

use crate::app::browser::lower_case;
use crate::app::dispatch::dispatch;
use crate::app::plain::{
    Line, Tag, lines, nothing, show, tag, text_of, together, view_of, written,
};
use crate::app::services::panels;
use crate::app::state::{App, Page};
use crate::app::text::{counted, grouped};
use crate::causal::{LoopOrder, LoopPolarity, NamedLoop};
use crate::editor::{Command, Event};
use crate::model::{Delay, Document, LoopKey};
use crate::stream::{loop_delay_text, loop_is_active_limit};
use crate::workbench::{LoopFilter, LoopKind};

/// How many loops are listed before a person asks for more.
const PAGE: usize = 100;

/// A loop as the list shows it.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    key: LoopKey,
    code: String,
    polarity: LoopPolarity,
    delayed: bool,
    length: usize,
    sentence: String,
    /// How long it takes round, if the map says so.
    total_delay: Option<String>,
    /// Whether it goes through what limits the stream now.
    is_active_limit: bool,
}

impl Row {
    /// Two rows with the same text show the same.
    fn sameness(&self) -> String {
        let Self {
            key,
            code,
            delayed,
            sentence,
            total_delay,
            is_active_limit,
            ..
        } = self;
        format!("{key:?} {code} {delayed} {sentence} {total_delay:?} {is_active_limit}")
    }
}

/// What a person says of a loop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    name: String,
    remark: String,
}

fn said(app: App, key: &LoopKey) -> Said {
    app.with(|core| {
        let label = core.editor.document().label_of(key).map(|(_, label)| label);
        label.map_or_else(Said::default, |label| Said {
            name: label.name.clone(),
            remark: label.remark.clone(),
        })
    })
}

fn rows(app: App, limit: usize, filter: &LoopFilter) -> (Vec<Row>, usize) {
    app.with(|core| {
        let document = core.editor.document();
        let stream = core.editor.stream();
        let mut loops: Vec<&NamedLoop> = core
            .editor
            .report()
            .loops
            .iter()
            .filter(|named| passes(document, named, filter))
            .collect();
        if filter.order == LoopOrder::LongestFirst {
            loops.sort_by_key(|named| std::cmp::Reverse(named.links.len()));
        }
        let all = loops.len();
        let shown = loops.into_iter().take(limit);
        let rows = shown
            .map(|named| Row {
                key: named.key.clone(),
                code: named.code.clone(),
                polarity: named.polarity,
                delayed: named.delay == Delay::Delayed,
                length: named.links.len(),
                sentence: named.sentence(document),
                total_delay: loop_delay_text(document, stream, &named.links),
                is_active_limit: loop_is_active_limit(document, stream, &named.links),
            })
            .collect();
        (rows, all)
    })
}

/// Whether a person wants to see this loop.
fn passes(document: &Document, named: &NamedLoop, filter: &LoopFilter) -> bool {
    let is_kind = match filter.kind {
        LoopKind::All => true,
        LoopKind::Reinforcing => named.polarity == LoopPolarity::Reinforcing,
        LoopKind::Balancing => named.polarity == LoopPolarity::Balancing,
        LoopKind::Undetermined => named.polarity == LoopPolarity::Undetermined,
        LoopKind::Delayed => named.delay == Delay::Delayed,
    };
    let is_through = filter
        .through
        .is_none_or(|id| named.links.contains(&id) || named.variables.contains(&id));
    let words = lower_case(filter.words.trim());
    let has_words = || {
        let label = document.label_of(&named.key).map(|(_, label)| &label.name);
        let names = named
            .variables
            .iter()
            .filter_map(|id| document.variables().get(id));
        let names = names.map(|variable| &variable.name).chain(label);
        let mut names = names.map(|name| lower_case(name));
        names.any(|name| name.contains(&words))
    };
    let is_short = filter
        .longest
        .is_none_or(|longest| named.links.len() as u64 <= longest);
    is_kind && is_through && is_short && (words.is_empty() || has_words())
}

/// The list, where every loop was found at once.
pub fn list(app: App) -> AnyView {
    let limit = RwSignal::new(PAGE);
    let rows = Memo::new(move |_| {
        app.loops.track();
        app.stream.track();
        app.document.track();
        rows(app, limit.get(), &app.filter.get())
    });
    let chosen = Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.chosen_loop().cloned())
    });
    let lit = Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.highlighted_loop().cloned())
    });
    let kept = Memo::new(move |_| rows.with(|(_, all)| *all));
    let rows = lines(move || {
        let rows = rows.get().0.into_iter();
        rows.map(|row| Line {
            key: row.sameness(),
            view: Box::new(move || loop_row(app, row.clone(), chosen, lit)),
        })
        .collect()
    });
    let list = tag("ul")
        .class("loops")
        .on("pointerleave", move |_| {
            dispatch(app, Event::PointAtLoop(None));
        })
        .child(rows);
    let words = move || format!("Show more of {}", grouped(kept.get() as u64));
    let more = show(
        move || kept.get() > limit.get(),
        move || {
            tag("button")
                .class("button")
                .press(move || limit.update(|limit| *limit += 5 * PAGE))
                .text(text_of(words))
                .view()
        },
    );
    let none = move || kept.get() == 0 && app.filter.get() != LoopFilter::default();
    let none = show(none, move || no_loop(app));
    together(vec![none, list.view(), more])
}

/// Said where a filter leaves nothing, with the way back.
pub fn no_loop(app: App) -> AnyView {
    tag("p")
        .class("muted no-loop")
        .text("No loop is like this. ")
        .child(
            tag("button")
                .class("button button-small")
                .press(move || panels::show_all_loops(app))
                .text("Show all loops"),
        )
        .view()
}

/// The loop that a person has chosen, with what is said of it.
pub fn chosen_loop(app: App, chosen: Memo<Option<LoopKey>>) -> AnyView {
    view_of(move || {
        let Some(key) = chosen.get() else {
            return nothing();
        };
        let same = key.clone();
        let said = Memo::new(move |_| {
            app.document.track();
            said(app, &same)
        });
        tag("div")
            .class("chosen-loop")
            .child(loop_fields(app, &key, said))
            .view()
    })
}

/// A loop; `chosen` is the one a person has chosen, `lit` the one that is lit.
fn loop_row(
    app: App,
    row: Row,
    chosen: Memo<Option<LoopKey>>,
    lit: Memo<Option<LoopKey>>,
) -> AnyView {
    let Row {
        key,
        code,
        polarity,
        delayed,
        length,
        sentence,
        total_delay,
        is_active_limit,
    } = row;
    let is_this = |which: Memo<Option<LoopKey>>| {
        let key = key.clone();
        Memo::new(move |_| which.with(|which| which.as_ref() == Some(&key)))
    };
    let (is_chosen, is_lit) = (is_this(chosen), is_this(lit));
    // Apart from the row: while a loop is named, its fields and the focus in them stay.
    let same = key.clone();
    let said = Memo::new(move |_| {
        app.document.track();
        said(app, &same)
    });
    let class = match polarity {
        LoopPolarity::Reinforcing => "loop loop-reinforcing",
        LoopPolarity::Balancing => "loop loop-balancing",
        LoopPolarity::Undetermined => "loop loop-undetermined",
    };
    let class = move || format!("{class}{}", if is_lit.get() { " loop-lit" } else { "" });
    let meta = format!(
        "{} · {}{}",
        polarity.word(),
        counted(length, "link"),
        if delayed { " · delayed" } else { "" }
    );
    let round = total_delay.map_or(String::new(), |delay| format!(" · {delay} round"));
    let limit = if is_active_limit {
        " · active limit"
    } else {
        ""
    };
    let meta = meta + &round + limit;
    let point = |at: Option<LoopKey>| {
        move |_: web_sys::Event| dispatch(app, Event::PointAtLoop(at.clone()))
    };
    let same = key.clone();
    let choose = move || {
        let next = (!is_chosen.get_untracked()).then(|| same.clone());
        dispatch(app, Event::ChooseLoop(next));
    };
    let words = tag("span")
        .class("loop-words")
        .child(
            tag("strong")
                .class("loop-name")
                .text(text_of(move || said.get().name)),
        )
        .child(tag("span").class("loop-sentence").text(sentence))
        .child(tag("span").class("loop-meta").text(meta));
    let button = tag("button")
        .class("loop-row")
        .with(
            "aria-expanded",
            text_of(move || is_chosen.get().to_string()),
        )
        .press(choose)
        .on("pointerenter", point(Some(key.clone())))
        .on("focus", point(Some(key.clone())))
        .on("blur", point(None))
        .child(tag("span").class("loop-code").text(code))
        .child(words);
    tag("li")
        .class(text_of(class))
        .child(button)
        .child(show(
            move || is_chosen.get() && app.page == Page::Editor,
            move || loop_fields(app, &key, said),
        ))
        .view()
}

/// Where a loop is named.
fn loop_fields(app: App, key: &LoopKey, said: Memo<Said>) -> AnyView {
    let (named, remarked) = (key.clone(), key.clone());
    let name = tag("input")
        .with("id", "loop-name")
        .value(text_of(move || said.get().name))
        .on("change", move |event| {
            dispatch(
                app,
                Event::Do(Command::NameLoop(named.clone(), written(&event))),
            );
        })
        .with("placeholder", "What people would call it")
        .with("autocomplete", "off")
        .with("maxlength", "200");
    let remark = tag("textarea")
        .value(text_of(move || said.get().remark))
        .on("change", move |event| {
            dispatch(
                app,
                Event::Do(Command::RemarkLoop(remarked.clone(), written(&event))),
            );
        })
        .with("rows", "3")
        .with("placeholder", "What it does, and when it wins");
    let labelled =
        |words: &'static str, field: Tag| tag("label").child(tag("span").text(words)).child(field);
    tag("div")
        .class("loop-fields")
        .child(labelled("Name", name))
        .child(labelled("Note", remark))
        .view()
}
