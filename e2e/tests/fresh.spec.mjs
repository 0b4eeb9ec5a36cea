// No panel is left behind by a change: what it shows is what the same panel shows when it is closed and opened again.

import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";

import { expect, test } from "@playwright/test";

import { atRest, expectFresh, expectSame, fenceOf, shownIn, watchedPage } from "../fresh.mjs";
import {
  canvas, choose, click, doubleClick, drag, drop, field, fileText, fixture, loopsPanel, name, outline, ready, redoButton, reload,
  undoButton, variable,
} from "../page.mjs";

const stream = (page) => page.getByRole("complementary", { name: "Value stream" });
const inspector = (page) => page.locator("#inspector");

/** Shows a panel, if it is not shown. */
async function show(page, words) {
  const button = page.getByRole("button", { name: words, exact: true });
  if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
}

/** Selects by the outline, and shows a panel. */
async function select(page, words, panel = "Outline") {
  await show(page, "Outline");
  await outline(page).getByRole("button", { name: words, exact: true }).click();
  await show(page, panel);
}

const tab = (page, words) => loopsPanel(page).getByRole("tab", { name: words });

/** Types into a field and goes on. */
async function fill(field, words) {
  await field.fill(words);
  await field.press("Tab");
}

async function remove(page, words) {
  await select(page, words);
  await outline(page).getByRole("button", { name: `Delete ${words}` }).click();
}

async function measure(page, station, label, value) {
  await select(page, station, "Stream");
  await fill(inspector(page).getByLabel(label, { exact: true }), value);
}

/** Changes of every kind to the causal diagram, by the means of a person; each is one step of undo. */
const CAUSAL = [
  ["a variable is renamed", async (page) => {
    await select(page, "risk");
    await fill(outline(page).getByLabel("Words"), "danger");
  }],
  ["a remark on a variable", (page) => fill(outline(page).getByLabel("Note on it"), "of each release")],
  ["a sign is flipped", async (page) => {
    await select(page, "danger up → heroics up");
    await outline(page).getByRole("button", { name: "Polarity minus" }).click();
  }],
  ["a delay is set", (page) => outline(page).getByRole("button", { name: "Delayed", exact: true }).click()],
  ["a link is added", async (page) => {
    await outline(page).getByLabel("Cause", { exact: true }).selectOption("lead time");
    await outline(page).getByLabel("Effect", { exact: true }).selectOption("heroics");
    await outline(page).getByRole("button", { name: "Add link" }).click();
  }],
  ["a loop comes by a link", async (page) => {
    await outline(page).getByLabel("Cause", { exact: true }).selectOption("heroics");
    await outline(page).getByLabel("Effect", { exact: true }).selectOption("lead time");
    await outline(page).getByRole("button", { name: "Add link" }).click();
  }],
  ["a variable is added", async (page) => {
    await page.getByLabel("Name of a new variable").fill("calm");
    await page.getByRole("button", { name: "Add", exact: true }).click();
  }],
  ["a note is changed", async (page) => {
    await select(page, "Note: Where does it start?");
    await fill(outline(page).getByLabel("Words"), "Where does it end?");
  }],
  ["a note is tagged", (page) => fill(outline(page).getByLabel("Tags", { exact: true }), "people, later")],
  ["a loop is named", async (page) => {
    await show(page, "Loops");
    await loopsPanel(page).locator(".loop-row").first().click();
    await fill(page.locator("#loop-name"), "The spiral");
  }],
  ["a remark on a loop", (page) => fill(loopsPanel(page).getByLabel("Note"), "Wins in autumn.")],
  ["a finding is answered", async (page) => {
    await tab(page, "Checks").click();
    await loopsPanel(page).getByRole("button", { name: "Intended" }).first().click();
  }],
  ["an archetype is confirmed", async (page) => {
    await tab(page, "Archetypes").click();
    await loopsPanel(page).getByRole("button", { name: "Yes, that's us" }).first().click();
  }],
  ["the purpose is changed", async (page) => {
    await tab(page, "Leverage").click();
    await fill(page.locator("#purpose"), "Nobody fears a release.");
  }],
  ["another goal", async (page) => {
    await select(page, "lead time", "Loops");
    await page.locator("#aim").selectOption("should fall");
  }],
  ["a leverage level", (page) => page.locator("#leverage-level").selectOption("3")],
  ["the goal is taken away", async (page) => {
    await select(page, "fear of deploying", "Loops");
    await page.locator("#aim").selectOption("no goal");
  }],
  ["a link is deleted", (page) => remove(page, "heroics up → danger down")],
  ["a variable with links is deleted", (page) => remove(page, "sharing")],
];

/** Changes to the value stream. */
const STREAM = [
  ["a measure is changed", (page) => measure(page, "Test", "Process time", "7 h")],
  ["a measure is stated", (page) => measure(page, "Deploy", "Wait before step", "2 d")],
  ["the demand is changed", (page) => measure(page, "Customer: Users", "Demand", "9 per week")],
  ["a flow gets another kind", async (page) => {
    await select(page, "Work goes from Test to Deploy", "Stream");
    await inspector(page).getByLabel("Kind of flow").selectOption("FIFO lane");
  }],
  ["a day is shorter", async (page) => {
    await page.locator("#fold-settings").click();
    await fill(stream(page).getByLabel("Work a day", { exact: true }), "6 h");
  }],
  ["time counts by the clock", (page) => stream(page).getByLabel("Spans of time are").selectOption({ index: 1 })],
  ["other words", (page) => stream(page).getByLabel("Words", { exact: true }).selectOption("Manufacturing")],
  ["a flow is added", async (page) => {
    await show(page, "Outline");
    const form = page.getByRole("group", { name: "New flow" });
    await form.getByLabel("From", { exact: true }).selectOption("Deploy");
    await form.getByLabel("To", { exact: true }).selectOption("Test");
    await form.getByRole("button", { name: "Add flow" }).click();
  }],
  ["a step is deleted", (page) => remove(page, "Deploy")],
];

/** Changes to both. */
const BOTH = [
  ["a variable is bound", async (page) => {
    await select(page, "heroics", "Stream");
    await inspector(page).getByLabel("Shows from the stream").selectOption("Deploy: waiting time");
  }],
  ["a link takes its delay from elsewhere", async (page) => {
    await select(page, "load of the testers → lead time, no sign yet, delayed", "Stream");
    await inspector(page).getByLabel("to the end of").selectOption("Deploy");
  }],
  ["another title", (page) => fill(page.locator("#title"), "Testing, once more")],
];

const CHANGES = [...BOTH, ...CAUSAL, ...STREAM];

/**
 * A panel at the side: what a person does to have it as it is, and how it is closed and opened again. The `others` are
 * changes that it is looked at after all of, not after each.
 */
const side = (name, button, prepare, others = []) => ({
  name,
  root: "aside.side",
  again: [[".side-close"], [".side-button", button]],
  prepare,
  others,
});

const tabOf = (name, words, prepare = async () => {}) =>
  side(name, "Loops", async (page) => {
    await show(page, "Loops");
    await tab(page, words).click();
    await prepare(page);
  }, STREAM);

const streamOf = (name, prepare) => side(name, "Stream", prepare, CAUSAL);

const STORY = "Story: tell the diagram step by step";

/** The panel of stories has no button in the bar. */
const storyOf = (name, prepare = async () => {}) => ({
  name,
  root: "aside.side",
  again: [[".side-close"], ["#menu-more"], ["[role=menuitem]", STORY]],
  prepare: async (page) => {
    if ((await page.locator("aside.side[aria-label=Story]").count()) === 0) await choose(page, "More", STORY);
    await prepare(page);
  },
  others: STREAM.slice(1),
});

const RETROSPECTIVE = "Retrospective: from an event to structure";

/** The panel of the retrospective, which the palette opens, at a step. */
const OPENED = [["#menu-more"], ["[role=menuitem]", "Command palette"], ["[role=option]", RETROSPECTIVE]];
const retroOf = (step, prepare = async () => {}) => ({
  name: `retrospective, step ${step}`,
  root: "aside.side",
  again: [[".side-close"], ...OPENED],
  prepare: async (page) => {
    const panel = page.locator("aside.side[aria-label=Retrospective]");
    if ((await panel.count()) === 0) {
      for (const step of OPENED) await page.evaluate((step) => window.fresh.press(step), step);
    }
    await expect(panel).toBeVisible();
    const head = page.locator(`#retro-step-${step}`);
    if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
    await prepare(page);
  },
  others: STREAM.slice(1),
});

const EXPERIMENTS = "Experiments: what you try, and what came of it";

/** The panel of experiments, with the first one open or not. */
const experimentsOf = (name, prepare = async () => {}) => ({
  name,
  root: "aside.side",
  again: [[".side-close"], ["#menu-more"], ["[role=menuitem]", "Command palette"], ["[role=option]", EXPERIMENTS]],
  prepare: async (page) => {
    const panel = page.locator("aside.side[aria-label=Experiments]");
    if ((await panel.count()) === 0) {
      for (const step of [["#menu-more"], ["[role=menuitem]", "Command palette"], ["[role=option]", EXPERIMENTS]]) {
        await page.evaluate((step) => window.fresh.press(step), step);
      }
    }
    await expect(panel).toBeVisible();
    await prepare(page);
  },
  others: STREAM.slice(1),
});

const FOLDS = ["figures", "limit", "what-if", "sequence", "missing", "paths", "queues", "physics", "dora", "settings"];

/** Opens all that folds without selecting anything. */
async function unfold(page) {
  for (;;) {
    await atRest(page);
    const more = page.locator("aside.side .fold-more[aria-expanded=false]").first();
    if ((await more.count()) === 0) return;
    await more.click();
  }
}

const PANELS = [
  tabOf("loops, one chosen", "Loops", (page) => page.locator(".loop-row").first().click()),
  tabOf("independent loop sets", "Loops", (page) => page.locator("#loop-view").selectOption("Independent sets")),
  tabOf("archetypes", "Archetypes", unfold),
  tabOf("checks", "Checks", unfold),
  tabOf("leverage of a variable", "Leverage", (page) => select(page, "lead time", "Loops")),
  tabOf("leverage of a link", "Leverage", (page) => select(page, "danger up → fear of deploying up", "Loops")),
  tabOf("trace of causes", "Trace", (page) => page.locator("#trace-from select").selectOption("fear of deploying")),
  tabOf("trace of ways", "Trace", async (page) => {
    await page.locator("#trace-from select").selectOption("heroics");
    await page.locator("#trace-to select").selectOption("lead time");
  }),
  tabOf("what follows", "Trace", async (page) => {
    await page.locator("#trace-question").selectOption("What follows if it rises");
    await page.locator("#trace-from select").selectOption("heroics");
  }),
  tabOf("table of all pairs", "Trace", (page) => page.locator("#trace-question").selectOption("Table of all pairs")),
  side("outline, a variable", "Outline", (page) => select(page, "risk")),
  side("outline, a link", "Outline", (page) => select(page, "danger up → heroics down, delayed")),
  side("run, a variable", "Run", (page) => select(page, "risk", "Run"), STREAM),
  side("run", "Run", (page) => show(page, "Run"), STREAM),
  storyOf("story"),
  storyOf("story, a step", async (page) => {
    const row = page.locator(".story-row").first();
    if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
    // The canvas goes on as it is.
    await page.getByRole("button", { name: "Show the diagram as it is" }).click();
  }),
  retroOf(1),
  retroOf(3, async (page) => {
    const row = page.locator(".retro-variable-head").first();
    if ((await row.count()) !== 0 && (await row.getAttribute("aria-expanded")) !== "true") await row.click();
  }),
  experimentsOf("experiments"),
  experimentsOf("experiments, one open", async (page) => {
    const row = page.locator("aside.side .story-row").first();
    if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
  }),
  streamOf("value stream, a flow", (page) => select(page, "Work goes from Test to Deploy", "Stream")),
  streamOf("value stream, a step", async (page) => {
    await select(page, "Test", "Stream");
    for (const fold of FOLDS) await page.locator(`#fold-${fold}`).click();
    await stream(page).locator(".figure", { hasText: "Lead time" }).first().click();
  }),
  streamOf("value stream, a variable", (page) => select(page, "heroics", "Stream")),
  streamOf("value stream, a link", (page) => select(page, "load of the testers → lead time, no sign yet, delayed", "Stream")),
];

// Pictures of every step would take longer than the steps.
test.use({ trace: "off" });
// Hundreds of comparisons in each: on a busy machine they take minutes.
test.describe.configure({ timeout: 240_000 });

const EVERYTHING = JSON.stringify({
  ...JSON.parse(await readFile(fixture("everything.loopstream.json"), "utf8")),
  version: 6,
  stories: [{ id: "s1", name: "How it went" }],
  storySteps: [
    {
      id: "s2", story: "s1", words: "**Fear** first", rest: "dimmed", loops: [["l1", "l2"]],
      marks: [{ about: "heroics", how: "lit" }, { about: "sharing", how: "hidden" }],
      figures: [{ result: "leadTime" }, { of: "deploy", result: "utilisation" }],
    },
    { id: "s3", story: "s1", place: 1024, title: "Then" },
  ],
  retrospectives: [{ id: "e1", event: "It fell over", lever: { record: "heroics" }, level: 9 }],
  facts: [{ id: "e2", retrospective: "e1", when: "14:02", what: "Seen" }],
  variations: [{ id: "e3", retrospective: "e1", name: "heroics", how: "rose" }],
  experiments: [{ id: "e4", action: "rest", retrospective: "e1", changes: [{ record: "heroics" }] }],
});
const SMALL = JSON.stringify({
  format: "loopstream",
  version: 5,
  title: "Another map",
  variables: [{ id: "a", name: "haste", x: 0, y: 0 }, { id: "b", name: "waste", x: 300, y: 0, aim: "fall" }],
  links: [{ id: "l1", from: "a", to: "b", polarity: "+" }, { id: "l2", from: "b", to: "a", polarity: "+", bend: 0.3 }],
  stations: [
    { id: "test", name: "Try", x: 0, y: 300, measures: { processTime: { measured: 3, unit: "h" } } },
    { id: "deploy", name: "Deploy", x: 300, y: 300 },
  ],
  flows: [{ id: "f1", from: "test", to: "deploy", kind: "push" }],
});

const CLOSE = "dialog[open] .dialog-head button";

/** A dialog that shows the document, and its entry in a menu. */
const dialogOf = (name, menu, entry, ...then) => ({
  name,
  root: "dialog[open]",
  again: [[CLOSE], [menu], ["[role=menuitem]", entry], ...then],
});

const DIALOGS = [
  dialogOf("my diagrams", "#menu-file", "My diagrams"),
  dialogOf("history", "#menu-file", "History of this diagram"),
  dialogOf("export", "#menu-file", "Export…"),
  dialogOf("compare", "#menu-more", "Compare", ["dialog[open] option", "Another map"]),
];

/** A page with the document that has something of everything. */
async function openEverything(context) {
  const page = await watchedPage(context);
  await page.goto("./");
  await ready(page);
  await openText(page, SMALL);
  await openText(page, EVERYTHING);
  return page;
}

async function openText(page, text) {
  await drop(page, { file: { name: "one.loopstream.json", text } });
  await expect(page).toHaveTitle(`${JSON.parse(text).title} – Loopstream`);
}

/** Two tabs on the same diagram; the second has made the changes and undone them. */
async function twoTabs(context, changes) {
  const page = await openEverything(context);
  const other = await watchedPage(context);
  await other.goto("./");
  await ready(other);
  await expect(other).toHaveTitle("Testing – Loopstream");
  for (const [words, change] of changes) await test.step(words, () => change(other));
  await canvas(other).focus();
  for (const _ of changes) await other.keyboard.press("Control+z");
  await expect(undoButton(other)).toBeDisabled();
  await show(other, "Loops");
  await show(other, "Outline");
  await canvas(other).focus();
  await page.bringToFront();
  return [page, other];
}

test("what another tab changes", async ({ context }) => {
  const [page, other] = await twoTabs(context, CHANGES);
  for (const [place, panel] of PANELS.entries()) {
    const [key, undone, changes] = direction(place, CHANGES);
    await test.step(panel.name, async () => {
      await panel.prepare(page);
      for (const [at, change] of changes.entries()) {
        await other.keyboard.press(key);
        const isLast = !panel.others.includes(changes[at + 1]);
        if (panel.others.includes(change) && !isLast) continue;
        await expectFresh(page, panel, undone + change[0], await fenceOf(other));
      }
    });
  }
  for (const [place, panel] of DIALOGS.entries()) {
    const [key, undone, changes] = direction(place, CHANGES.slice(0, 5));
    await test.step(panel.name, async () => {
      for (const step of panel.again.slice(1)) await page.evaluate((step) => window.fresh.press(step), step);
      await expect(page.getByRole("dialog")).toBeVisible();
      for (const [words] of changes) {
        await other.keyboard.press(key);
        await expectFresh(page, panel, undone + words, await fenceOf(other));
      }
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    });
  }
  expect(await fileText(page)).toBe(await fileText(other));
});

/** One place of two sees the changes, the next sees them undone: by which key, in a word, and in which order. */
function direction(place, changes) {
  return place % 2 === 0 ? ["Control+Shift+z", "", changes] : ["Control+z", "undone: ", changes.toReversed()];
}

/** Fields in which a person types: what they belong to is shown by `prepare`. The title has a test in tabs.spec.mjs. */
const loopField = (find) => async (page) => {
  await show(page, "Loops");
  await tab(page, "Loops").click();
  const row = page.locator(".loop-row").first();
  if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
  return find(page);
};
const outlineField = (words, label) => async (page) => {
  await select(page, words);
  return outline(page).getByLabel(label);
};
const FIELDS = [
  ["search of loops", loopField((page) => page.locator("#loop-words"))],
  ["purpose", async (page) => {
    await show(page, "Loops");
    await tab(page, "Leverage").click();
    return page.locator("#purpose");
  }],
  ["filter of the outline", async (page) => {
    await show(page, "Outline");
    return page.locator("#outline-filter");
  }],
  ["name of a new variable", async (page) => page.getByLabel("Name of a new variable")],
  ["words of a variable", outlineField("sharing", "Words")],
  ["remark on a variable", outlineField("sharing", "Note on it")],
  ["tags of a variable", outlineField("sharing", "Tags")],
  ["measure", async (page) => {
    await select(page, "Test", "Stream");
    return inspector(page).getByLabel("Process time", { exact: true });
  }],
  ["source of a measure", async (page) => inspector(page).getByLabel("Source of process time")],
  ["calendar", async (page) => {
    await page.locator("#fold-settings").click();
    return stream(page).getByLabel("Work a day", { exact: true });
  }],
];

/** Types half a word into each field; then the other tab makes its changes. */
async function typeMeanwhile(context, fields, changes) {
  const [page, other] = await twoTabs(context, changes);
  for (const [place, [words, prepare]] of fields.entries()) {
    await test.step(words, async () => {
      const typedIn = await prepare(page);
      const before = await typedIn.inputValue();
      await typedIn.focus();
      await typedIn.press("End");
      await page.keyboard.type(" half");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      const now = () =>
        typedIn.evaluate((one) => [one === document.activeElement, one.value, one.selectionStart, one.selectionEnd]);
      const then = await now();
      expect(then).toEqual([true, `${before} half`, before.length + 3, before.length + 3]);
      const [key, undone, series] = direction(place, changes);
      let lost = "";
      for (const [change] of series) {
        await other.keyboard.press(key);
        await atRest(page, await fenceOf(other));
        // What is lost once stays lost: the first change that loses it is told.
        lost ||= isDeepStrictEqual(await now(), then) ? "" : `, lost after: ${undone}${change}`;
      }
      expect.soft(await now(), `${words}: focus, words and caret${lost}`).toEqual(then);
      await typedIn.fill(before);
      await typedIn.blur();
    });
  }
  expect(await fileText(page)).toBe(await fileText(other));
}

test("words half typed stay, with the focus and the caret, whatever another tab changes", async ({ context }) => {
  await typeMeanwhile(context, FIELDS, [...BOTH, ...CAUSAL.slice(0, 4)]);
});

/** Where there is room on the canvas of the document. */
const HERE = { x: 80, y: 250 };
const THERE = { x: 80, y: 450 };
const FREE = { x: 780, y: 480 };
/** The rim of a name, at the zoom that shows the whole document. */
const rim = ({ x, y }) => ({ x, y: y + 13 });

/** What a person does on the canvas, with a panel beside it; each is one step of undo. */
const GESTURES = [
  ["a variable is drawn", (page) => variable(page, "trust", HERE)],
  ["another is drawn", (page) => variable(page, "care", THERE)],
  ["a link is drawn", (page) => drag(page, rim(HERE), THERE)],
  ["its sign is set by key", (page) => page.keyboard.press("-")],
  ["its delay is set by key", (page) => page.keyboard.press("d")],
  ["a loop is closed", (page) => drag(page, rim(THERE), HERE)],
  ["a link is reversed", (page) => page.keyboard.press("r")],
  ["a variable is renamed where it stands", async (page) => {
    await doubleClick(page, HERE);
    await page.keyboard.press("Control+a");
    await name(page, "confidence");
  }],
  ["it is moved", (page) => page.keyboard.press("Shift+ArrowRight")],
  ["it becomes a stock", (page) => page.keyboard.press("Alt+s")],
  ["a step is added by key", async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+P");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("Release");
    await click(page, FREE);
  }],
  ["a variable with links is deleted", async (page) => {
    // By its name: the whole diagram is fitted again, with what is new, when a panel is closed and opened.
    await select(page, "care");
    await canvas(page).focus();
    await page.keyboard.press("Delete");
  }],
  ["all variables are arranged", (page) => page.keyboard.press("Alt+a")],
];

test("what is changed here, undone and done again", async ({ context }) => {
  const page = await openEverything(context);
  const named = (words) => PANELS.find((panel) => panel.name === words);
  const first = named("outline, a variable");
  await first.prepare(page);
  for (const [words, act] of GESTURES) {
    await test.step(words, () => act(page));
    await expectFresh(page, first, words);
  }
  const series = ["loops, one chosen", "checks", "leverage of a variable", "value stream, a variable"];
  let undone = true;
  for (const panel of series.map(named)) {
    await panel.prepare(page);
    await canvas(page).focus();
    for (const [words] of undone ? GESTURES.toReversed() : GESTURES) {
      await page.keyboard.press(undone ? "Control+z" : "Control+Shift+z");
      await expectFresh(page, panel, `${undone ? "undone" : "done again"}: ${words}`);
    }
    await expect(undone ? undoButton(page) : redoButton(page)).toBeDisabled();
    undone = !undone;
  }
});

/** The panels at the side, whatever is open in them. */
const SIDES = ["Loops", "Archetypes", "Checks", "Leverage", "Trace", "Outline", "Stream", "Run"];

/** What the page shows beside the panels, and every panel made anew. */
async function everythingShown(page) {
  const found = {};
  for (const words of SIDES) {
    const isPanel = ["Outline", "Stream", "Run"].includes(words);
    await show(page, isPanel ? words : "Loops");
    if (!isPanel) await tab(page, words).click();
    await atRest(page);
    found[words] = await shownIn(page, "aside.side");
  }
  await show(page, "Loops");
  await tab(page, "Loops").click();
  await atRest(page);
  found["the top bar"] = await shownIn(page, "title, #title, #save-state, .side-button, #canvas");
  return found;
}

test("another document, and the page loaded anew", async ({ context }) => {
  const page = await openEverything(context);
  for (const panel of PANELS.filter((panel) => !/link|flow|sets|ways|follows|pairs/.test(panel.name))) {
    await test.step(panel.name, async () => {
      await panel.prepare(page);
      await openText(page, SMALL);
      await expectFresh(page, panel, "another document is opened");
      await openText(page, EVERYTHING);
      await expectFresh(page, panel, "a document with more is opened");
    });
  }
  for (const [words, act] of GESTURES) await test.step(words, () => act(page));
  await fill(page.locator("#title"), "Gone round");
  const live = await everythingShown(page);
  await reload(page);
  const anew = await everythingShown(page);
  for (const [words, lines] of Object.entries(live)) expectSame(lines, anew[words], `${words}, after: the page is loaded anew`);
});

test("words half typed of a loop stay when another tab renames a variable", async ({ context }) => {
  const fields = [
    ["name of a loop", loopField((page) => page.locator("#loop-name"))],
    ["note on a loop", loopField((page) => loopsPanel(page).getByLabel("Note"))],
  ];
  await typeMeanwhile(context, fields, CAUSAL.slice(0, 1));
});

// Known: an element that is moved in the page loses the focus. The words and the caret stay.
test.fail("the focus stays in a row of the outline whose place changes", async ({ context }) => {
  const field = outlineField("batch size up → fear of deploying up", "Why this cause has this effect");
  await typeMeanwhile(context, [["reason of a link", field]], CAUSAL.slice(0, 1));
});

test("a step that is given up is gone from the outline", async ({ context }) => {
  const page = await openEverything(context);
  await show(page, "Outline");
  await canvas(page).focus();
  await page.keyboard.press("Shift+P");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Release");
  await page.keyboard.press("Enter");
  // The field of the next step, which nobody wants.
  await expect(field(page)).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveCount(0);
  await expectFresh(page, PANELS.find((panel) => panel.name === "outline, a variable"), "the next step is given up");
});

test("links to share are those of the document as another tab has changed it", async ({ context }) => {
  const [page, other] = await twoTabs(context, BOTH.slice(2));
  const panel = dialogOf("share", "#menu-file", "Share a link");
  for (const step of panel.again.slice(1)) await page.evaluate((step) => window.fresh.press(step), step);
  await other.keyboard.press("Control+Shift+z");
  await expectFresh(page, panel, "another title", await fenceOf(other));
});
