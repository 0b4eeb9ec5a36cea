// How long after a press a person sees something: templates, panels, tabs and dialogs.
//
// From the event to the second animation frame after what was asked for is on the page, or after
// the words that say it is being worked out: then it has been painted. What an analysis takes after
// those words is no part of it.

import { diagram, drop } from "./diagram.mjs";

export const title = "Panels: from a press until something is shown";

const RUNS = 9;
/** About as many variables and links as World3 has. */
const VARIABLES = 250;

const TABS = ["Archetypes", "Checks", "Leverage", "Trace"];
const DIALOGS = [
  ["File", "My diagrams"],
  ["File", "Share a link"],
  ["File", "Export…"],
  ["File", "History of this diagram"],
];

export async function run({ url, fresh, repeat }) {
  const runs = await repeat(RUNS, () => fresh((page) => once(page, url)));
  return runs[0].map(({ what }, place) => ({ what, unit: "ms", values: runs.map((run) => run[place].took) }));
}

async function once(page, url) {
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
  const times = [];
  const time = async (what, press, seen) => {
    times.push({ what, took: await page.evaluate(([press, seen]) => window.shown(press, seen), [press, seen]) });
  };

  await time("the templates", { in: ".way", words: "Open a template" }, ".template");
  await time("a template, until it is drawn", { in: ".template", words: "Feature: idea to production" }, "#canvas[aria-label*=step]");
  await page.locator("aside.side .headline").waitFor();
  await page.locator(".side-close").click();
  await time("the panel of a stream", { in: ".side-button", words: "Stream" }, "aside.side .headline");

  await drop(page, diagram(VARIABLES));
  await open(page, "Loops");
  for (const tab of TABS) {
    await time(`${VARIABLES} variables: ${tab}`, { in: "[role=tab]", words: tab }, `[role=tabpanel] .sheet > *:not(.visually-hidden), [role=tabpanel] select`);
  }
  await time(`${VARIABLES} variables: the outline`, { in: ".side-button", words: "Outline" }, "aside.side ul.outline");
  for (const [menu, entry] of DIALOGS) {
    await page.getByRole("button", { name: menu, exact: true }).click();
    await page.getByRole("menuitem", { name: entry }).waitFor();
    await time(`${VARIABLES} variables: ${entry}`, { in: "[role=menuitem]", words: entry }, "dialog[open] *");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
  }
  return times;
}

async function open(page, panel) {
  const button = page.locator(".side-button", { hasText: panel });
  if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
}

/** Runs in the page. */
function watch() {
  const find = ({ in: among, words }) => {
    const all = [...document.querySelectorAll(among)];
    const found = all.find((element) => element.textContent.includes(words));
    if (!found) throw new Error(`There is no ${words}.`);
    return found;
  };
  const frame = () => new Promise(requestAnimationFrame);
  window.shown = async (press, seen) => {
    const element = find(press);
    const began = performance.now();
    element.click();
    const isThere = () => [...document.querySelectorAll(seen)].some((element) => element.getClientRects().length > 0);
    while (!isThere()) {
      await frame();
      if (performance.now() - began > 20_000) throw new Error(`${JSON.stringify(press)} never showed ${seen}.`);
    }
    await frame();
    await frame();
    return performance.now() - began;
  };
}
