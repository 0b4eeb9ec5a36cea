// The loop worker: counting, listing, archetypes, checks, goal, traces, arranging.

import { expect, test } from "@playwright/test";

import {
  A,
  B,
  C,
  choose,
  click,
  contextBar,
  document,
  drawRing,
  drop,
  loops,
  loopsPanel,
  name,
  open,
  reload,
  saved,
  toast,
  undoButton,
  variable,
} from "../page.mjs";

const total = (page) => page.locator("#loops-total");
const tab = (page, words) => loopsPanel(page).getByRole("tab", { name: words });
const findings = (page) => loopsPanel(page).locator(".finding");
const finding = (page, title) => findings(page).filter({ has: page.locator(".finding-title", { hasText: title }) });

/** A file with these variables, by name, and links `[from, to, polarity, delayed]` by place. */
function file(names, links, title = "Made") {
  const at = (place) => ({ x: 400 + 260 * Math.cos(place), y: 300 + 220 * Math.sin(place) });
  const id = (prefix, place) => `${prefix}${place}`;
  return JSON.stringify({
    format: "loopstream",
    version: 4,
    title,
    variables: names.map((name, place) => ({ id: id("v", place), name, ...at(place) })),
    links: links.map(([from, to, polarity = "+", delayed = false], place) => ({
      id: id("l", place),
      from: id("v", from),
      to: id("v", to),
      polarity,
      ...(delayed ? { delayed } : {}),
    })),
  });
}

/** Every variable linked to every other. */
function complete(size) {
  const names = Array.from({ length: size }, (_, place) => `v${place}`);
  const links = names.flatMap((_, from) => names.flatMap((_, to) => (from === to ? [] : [[from, to]])));
  return file(names, links, `All of ${size}`);
}

const HERO = file(
  ["outages", "heroics", "sharing"],
  [[0, 1], [1, 0, "-"], [0, 2], [2, 0, "-", true], [1, 2, "-"]],
);

const openFile = (page, text) => drop(page, { file: { name: "made.loopstream.json", text } });

test.beforeEach(async ({ page }) => open(page));

test.describe("many loops", () => {
  test("a million loops are counted to the last, listed, and scrolled", async ({ page }) => {
    await openFile(page, complete(10));
    await expect(total(page)).toHaveText("1,112,073 loops");
    await expect(page.locator("#listing")).toHaveText(/Every loop is listed/);
    const rows = page.locator("#far .far-row");
    await expect(rows.first()).toHaveAccessibleName(/^Loop 1, .* 2 links: /);
    await page.locator("#far").evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect(rows.last()).toHaveAccessibleName(/^Loop 1112073, .* 10 links: /);
    await page.locator("#loop-order").selectOption("Longest first");
    await expect(rows.first()).toHaveAccessibleName(/^Loop 1, .* 10 links: /);
    await rows.first().click();
    await expect(rows.first()).toHaveAttribute("aria-selected", "true");
    await page.getByLabel("Name").fill("The long way");
    await page.getByLabel("Name").press("Tab");
    expect((await document(page)).loops[0].name).toBe("The long way");
  });

  test("numbers beyond any machine word are exact", async ({ page }) => {
    // A ring of 70 variables with two links from each to the next.
    const names = Array.from({ length: 70 }, (_, place) => `v${place}`);
    const links = names.flatMap((_, place) => [[place, (place + 1) % 70], [place, (place + 1) % 70, "-"]]);
    await openFile(page, file(names, links));
    await expect(total(page)).toHaveText("1,180,591,620,717,411,303,424 loops");
    await expect(loopsPanel(page).locator(".kind-reinforcing")).toHaveText("590,295,810,358,705,651,712 reinforcing");
  });

  test("a listing that never ends is paused, goes on, is stopped; the count and short loops stay", async ({ page }) => {
    await openFile(page, complete(15));
    await expect(total(page)).toHaveText(/loops$/);
    // First its memory fills, with millions of loops; then they come by their lengths.
    const byLength = /Listing: [1-9][\d,]+ so far, all of up to \d+ links/;
    await expect(page.locator("#listing")).toHaveText(byLength, { timeout: 20_000 });
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.locator("#listing")).toHaveText(/Paused: [\d,]+ are listed/);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect(page.locator("#listing")).toHaveText(/Listing: /);
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(page.locator("#listing")).toHaveText(/Stopped: /);
    await expect(page.locator("#far .far-row").first()).toBeVisible();
  });

  test("the page draws on while the worker searches", async ({ page }) => {
    await openFile(page, complete(15));
    await expect(page.locator("#listing")).toHaveText(/Listing: /);
    await page.keyboard.press("n");
    await click(page, { x: 60, y: 640 });
    await name(page, "one more");
    await expect(total(page)).toHaveText(/loops$/);
  });

  test("views: reinforcing or balancing, by name, through what is selected", async ({ page }) => {
    await openFile(page, complete(7));
    await expect(total(page)).toHaveText("2,365 loops");
    const list = page.locator("#far");
    await expect(list).toHaveAccessibleName("2365 loops");
    await page.locator("#loop-view").selectOption("Balancing");
    await expect(loopsPanel(page).getByText("No loops match.")).toBeVisible();
    await page.getByRole("button", { name: "Show all loops" }).click();
    await page.locator("#loop-view").selectOption("Reinforcing");
    await expect(list).toHaveAccessibleName("2365 loops");
    await page.locator("#loop-words").fill("V3");
    // All but those of the other six.
    await expect(list).toHaveAccessibleName(`${2365 - 409} loops`);
    await page.locator("#loop-words").fill("");
    await page.locator("#loop-length").selectOption("Up to 3 links");
    await expect(list).toHaveAccessibleName("91 loops");
    await page.locator("#loop-length").selectOption("Any length");
    await page.getByRole("button", { name: "Outline" }).click();
    await page.getByRole("button", { name: "v5", exact: true }).click();
    await page.getByRole("button", { name: /^Loops/ }).click();
    await page.locator("#loop-through").click();
    await expect(list).toHaveAccessibleName(`${2365 - 409} loops`);
  });
});

test("few loops are filtered at once, and the loop sets are told apart", async ({ page }) => {
  await openFile(page, HERO);
  await expect(loops(page)).toHaveCount(3);
  await page.locator("#loop-view").selectOption("Balancing");
  await expect(loops(page)).toHaveCount(2);
  await page.locator("#loop-view").selectOption("Delayed");
  await expect(loops(page).locator(".loop-code")).toHaveText(["B2", "R1"]);
  await page.locator("#loop-view").selectOption("All loops");
  await page.locator("#loop-words").fill("HERO");
  await expect(loops(page)).toHaveCount(2);
  await page.locator("#loop-words").fill("");
  await page.locator("#loop-order").selectOption("Longest first");
  await expect(loops(page).first().locator(".loop-code")).toHaveText("R1");
  await page.locator("#loop-view").selectOption("Independent sets");
  await expect(loopsPanel(page).getByRole("heading", { name: "Shortest independent loop set" })).toBeVisible();
  await expect(loopsPanel(page).getByRole("heading", { name: "Minimum cycle basis" })).toBeVisible();
  await expect(findings(page)).toHaveCount(6);
});

test("an archetype is suggested, answered, and the answer is kept", async ({ page }) => {
  await openFile(page, HERO);
  await tab(page, "Archetypes").click();
  const burden = finding(page, "Shifting the burden");
  await expect(burden).toContainText("Consistent with shifting the burden");
  await burden.getByRole("button", { name: "Yes, that's us" }).click();
  await expect(burden).toContainText("✓");
  await saved(page);
  await reload(page);
  await tab(page, "Archetypes").click();
  await expect(burden).toContainText("✓");
  await burden.getByRole("button", { name: "Ask again" }).click();
  await expect(burden.getByRole("button", { name: "No" })).toBeVisible();
  await burden.getByRole("button", { name: "No" }).click();
  await expect(loopsPanel(page).getByRole("heading", { name: "You said: no" })).toBeVisible();
  const { judgements } = await document(page);
  expect(judgements).toMatchObject([{ topic: "archetype/shifting-the-burden", verdict: "dismissed" }]);
});

test("what a near match lacks is added in one press", async ({ page }) => {
  await openFile(page, HERO.replace(',"delayed":true', ""));
  await tab(page, "Archetypes").click();
  const burden = finding(page, "Shifting the burden");
  await expect(burden).toContainText("Nearly consistent");
  await burden.getByRole("button", { name: "Add what is missing" }).click();
  await expect(burden).toContainText("Consistent with");
  await page.keyboard.press("Control+z");
  await expect(burden).toContainText("Nearly consistent");
});

test("a check explains, mends in one press, and takes an answer", async ({ page }) => {
  await openFile(page, file(["lack of trust", "speed"], [[0, 1, "-"], [1, 0, "?"]]));
  await tab(page, "Checks").click();
  const negative = finding(page, "Name in the negative sense");
  await negative.locator(".finding-main").click();
  await expect(negative.locator(".finding-detail")).toBeVisible();
  await expect(contextBar(page)).toBeVisible();
  await negative.getByRole("button", { name: /Rename/ }).click();
  await expect(negative).toHaveCount(0);
  const { variables, links } = await document(page);
  expect(variables.map((one) => one.name).sort()).toEqual(["speed", "trust"]);
  // What lack of trust lowered, trust raises.
  expect(links.map((one) => one.polarity).sort()).toEqual(["+", "?"]);

  const unsigned = finding(page, "Link without a sign");
  await unsigned.getByRole("button", { name: "Intended" }).click();
  await expect(unsigned.getByRole("button", { name: "Ask again" })).toBeVisible();
  await expect(loopsPanel(page).getByRole("heading", { name: "Intended" })).toBeVisible();
  await undoButton(page).click();
  await expect(unsigned.getByRole("button", { name: "Intended" })).toBeVisible();
});

test("the marks of findings can be hidden, and stay hidden", async ({ page }) => {
  await openFile(page, file(["a", "b"], [[0, 1, "?"]]));
  // Without a loop the panel does not come up by itself.
  await page.getByRole("button", { name: /^Loops/ }).click();
  await tab(page, "Checks").click();
  await page.getByLabel("Mark findings on the canvas").uncheck();
  await reload(page);
  await page.getByRole("button", { name: /^Loops/ }).click();
  await tab(page, "Checks").click();
  await expect(page.getByLabel("Mark findings on the canvas")).not.toBeChecked();
});

test("a goal shows what serves it, what works against it, and what would be gamed", async ({ page }) => {
  await openFile(
    page,
    file(
      ["pressure", "shortcuts", "velocity", "debt", "gap"],
      [[4, 0], [0, 1], [1, 2], [2, 4, "-"], [1, 3, "+", true], [3, 2, "-"]],
    ),
  );
  await tab(page, "Leverage").click();
  await page.getByLabel("What this system is for").fill("Value flows, this year and next.");
  await page.getByLabel("What this system is for").press("Tab");
  await page.getByRole("button", { name: "Outline" }).click();
  await page.getByRole("button", { name: "velocity", exact: true }).click();
  await page.getByRole("button", { name: /^Loops/ }).click();
  await page.getByLabel("Goal for it").selectOption("should rise");
  await expect(loopsPanel(page).getByRole("heading", { name: "Loops that can serve the goal" })).toBeVisible();
  await expect(loopsPanel(page).getByRole("heading", { name: "Loops that resist a change" })).toBeVisible();
  await expect(loopsPanel(page).getByRole("heading", { name: "Could be gamed if rewarded" })).toBeVisible();
  await page.getByLabel("Leverage, by Meadows' levels").selectOption("9 · delays");
  await expect(loopsPanel(page).getByRole("heading", { name: "Where you see leverage" })).toBeVisible();
  await saved(page);
  const { purpose, variables } = await document(page);
  expect(purpose).toBe("Value flows, this year and next.");
  expect(variables.find((one) => one.name === "velocity")).toMatchObject({ aim: "rise", leverage: 9 });
});

test("a trace shows causes, uses, and why paths disagree", async ({ page }) => {
  await openFile(page, file(["a", "b", "c"], [[0, 1], [1, 2], [0, 2, "-"]]));
  await page.getByRole("button", { name: /^Loops/ }).click();
  await tab(page, "Trace").click();
  await page.locator("#trace-from select").selectOption("c");
  await expect(loopsPanel(page).getByRole("heading", { name: "What c depends on" })).toBeVisible();
  await expect(findings(page)).toHaveCount(3);
  await page.locator("#trace-from select").selectOption("a");
  await page.locator("#trace-to select").selectOption("c");
  await expect(findings(page).first()).toContainText(/because/i);
  await expect(findings(page)).toHaveCount(3);
});

test("by keys: tabs, a long list, and the focus after an answer", async ({ page }) => {
  await openFile(page, complete(8));
  const list = page.getByRole("listbox", { name: "16064 loops" });
  await expect(list).toBeVisible();
  await list.focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("option", { name: /^Loop 16064, / })).toBeVisible();
  await expect(list).toHaveAttribute("aria-activedescendant", "far-16064");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: /^Loop 2, / })).toHaveAttribute("aria-selected", "true");
  await expect(list).toBeFocused();

  await openFile(page, file(["a", "b", "c"], [[0, 1, "?"], [1, 2, "?"]]));
  await tab(page, "Loops").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Checks")).toBeFocused();
  await expect(tab(page, "Checks")).toHaveAttribute("aria-selected", "true");
  const unsigned = finding(page, "Link without a sign");
  await expect(unsigned).toHaveCount(2);
  await unsigned.first().getByRole("button", { name: "+", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(unsigned).toHaveCount(1);
  // The row in its place has the focus: the next Enter draws nothing.
  await expect(page.locator(".finding-main:focus")).toHaveCount(1);
  await page.keyboard.press("Enter");
  expect((await document(page)).variables.length).toBe(3);
});

test("another document begins with a list of its own", async ({ page }) => {
  await openFile(page, complete(7));
  await page.locator("#loop-words").fill("v3");
  await expect(page.locator("#far")).toHaveAccessibleName(/^\d+ loops$/);
  await openFile(page, HERO);
  await expect(loops(page)).toHaveCount(3);
  await expect(page.locator("#loop-words")).toHaveValue("");
});

test("the trace follows what is selected on the canvas", async ({ page }) => {
  await drawRing(page);
  await tab(page, "Trace").click();
  await click(page, A);
  await expect(loopsPanel(page).getByRole("heading", { name: "What batch size depends on" })).toBeVisible();
  await click(page, B);
  await expect(loopsPanel(page).getByRole("heading", { name: "What risk depends on" })).toBeVisible();
});

test.describe("arranging", () => {
  const places = async (page) => (await document(page)).variables.map(({ x, y }) => [x, y]);

  test("one key arranges, one step of undo brings all back", async ({ page }) => {
    await drawRing(page);
    const before = await places(page);
    await page.keyboard.press("a");
    await expect(page.locator("#said")).toHaveText("Arranged");
    const after = await places(page);
    expect(after).not.toEqual(before);
    await page.keyboard.press("Control+z");
    expect(await places(page)).toEqual(before);
  });

  test("from the menu, and without motion where a person wants none", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await drawRing(page);
    const before = await places(page);
    await choose(page, "More", "Tidy up (small moves)");
    await expect(page.locator("#said")).toHaveText("Arranged");
    expect((await places(page)).length).toBe(before.length);
  });

  test("a list of links without places is opened and arranged", async ({ page }) => {
    const table = "from,to,polarity,delay\nbatch size,risk,+,\nrisk,fear,+,yes\nfear,batch size,+,\n";
    await drop(page, { file: { name: "links.csv", text: table } });
    await expect(loops(page)).toHaveCount(1);
    await expect(page.locator("#said")).toHaveText("Arranged");
    const corners = await places(page);
    expect(new Set(corners.map(String)).size).toBe(3);
    // It was opened so: there is nothing to go back to.
    await expect(undoButton(page)).toBeDisabled();
  });
});

test("SD-JSON opens with the reason of every link", async ({ page }) => {
  const model = {
    variables: [{ name: "Rabbits", type: "stock" }, { name: "Foxes", type: "stock" }],
    relationships: [
      { from: "Rabbits", to: "Foxes", polarity: "+", reasoning: "Food.", polarityReasoning: "More food, more foxes." },
      { from: "Foxes", to: "Rabbits", polarity: "-", reasoning: "They are eaten." },
    ],
  };
  await drop(page, { file: { name: "model.json", text: JSON.stringify(model) } });
  await expect(loops(page).locator(".loop-code")).toHaveText(["B1"]);
  const { links } = await document(page);
  expect(links.map((one) => one.remark).join(" ")).toContain("More food, more foxes.");
});

test("where the worker cannot be loaded, drawing goes on and a message says so", async ({ page }) => {
  await page.route("**/worker-*", (route) => route.abort());
  await page.reload();
  await variable(page, "batch size", A);
  await variable(page, "risk", B);
  await page.getByRole("button", { name: /^Loops/ }).click();
  await tab(page, "Checks").click();
  await expect(toast(page, "could not be loaded")).toBeVisible();
  await variable(page, "fear", C);
  expect((await document(page)).variables.length).toBe(3);
});

test("where the worker cannot be loaded, a file of our own opens all the same, and another does not", async ({ page }) => {
  await page.route("**/worker-*", (route) => route.abort());
  await page.reload();
  const own = (title) =>
    JSON.stringify({ format: "loopstream", version: 1, title, variables: [{ id: "a", name: "theirs", x: 0, y: 0 }] });
  // The first waits for the worker and is there once that has failed; the second does not wait.
  for (const title of ["First", "Second"]) {
    await drop(page, { file: { name: `${title}.loopstream.json`, text: own(title) } });
    await expect(page).toHaveTitle(`${title} – Loopstream`);
  }
  await drop(page, { file: { name: "list.csv", text: "from,to,sign\na,b,+\n" } });
  await expect(toast(page, "could not be loaded")).toBeVisible();
  await expect(page).toHaveTitle("Second – Loopstream");
});

test("equations prove more signs on a person's word, and one undo takes them back", async ({ page }) => {
  const model = [
    "{UTF-8}",
    "people= INTEG(births, 9) ~~|",
    "births= people*fertility ~~|",
    "fertility= food/2 ~~|",
    "food= Time*3 ~~|",
  ].join("\n");
  await drop(page, { file: { name: "people.mdl", text: model } });
  await tab(page, "Checks").click();
  const question = finding(page, "Is any quantity of this model ever negative?");
  await expect(question).toContainText("2 of 2 links without a sign get one");
  await expect(question).toContainText("unsigned loops go from 1 to 0");
  await question.getByRole("button", { name: "None is ever negative" }).click();
  await expect(question).toHaveCount(0);
  const { links } = await document(page);
  expect(links.map((one) => one.polarity)).toEqual(["+", "+", "+", "+"]);
  await undoButton(page).click();
  await expect(question).toHaveCount(1);
  await question.getByRole("button", { name: "Some may be" }).click();
  await expect(question.getByRole("button", { name: "Ask again" })).toBeVisible();
});

test("a binary model of Vensim says how to save it as text", async ({ page }) => {
  await drop(page, { file: { name: "old.vmf", text: `VMF${"\0\u0001\u0002people".repeat(40)}` } });
  await expect(page.getByText("choose File, Save As")).toBeVisible();
});
