// A vote with dots: everybody gives theirs for themselves, and once it is closed all see the same
// numbers, and nobody whose they are.

import { expect } from "@playwright/test";

import { canvas, contextBar, fileText, link, loopsPanel, open, variable } from "../page.mjs";
import { join, middle, openRoom, peopleButton, shows, test } from "../rooms.mjs";

const bar = (page) => page.getByRole("region", { name: "Vote" });
const list = (page) => page.getByRole("group", { name: "People here" });
const results = (page) => bar(page).getByRole("list", { name: "Result" });

const finding = (page, words) => loopsPanel(page).locator(".finding").filter({ hasText: words });
const button = (page, words, name) => finding(page, words).getByRole("button", { name, exact: true });

/** Opens the tab of the checks. */
async function showChecks(page) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Checks of the diagram");
  await page.keyboard.press("Enter");
  await expect(loopsPanel(page).locator(".finding").first()).toBeVisible();
}

/** Begins a vote from the list of people. */
async function begin(page, question) {
  await peopleButton(page).click();
  await list(page).getByLabel("A vote with dots: the question").fill(question);
  await list(page).getByRole("button", { name: "Start the vote" }).click();
  await expect(bar(page)).toContainText(question);
}

/** Selects a variable by its name, and gives it a dot by the key. */
async function giveByKey(page, name) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(canvas(page)).toBeFocused();
  await page.keyboard.press(".");
}

/** Notes all that the programs of a page say to it. */
const listen = (page) => page.addInitScript(() => {
  const heard = [];
  window.heardOfPrograms = heard;
  window.Worker = class extends Worker {
    constructor(...of) {
      super(...of);
      this.addEventListener("message", ({ data }) => heard.push(new TextDecoder().decode(data)));
    }
  };
});

/** What the programs of a page have said to it since it was loaded. */
const heard = (page) => page.evaluate(() => window.heardOfPrograms);

/** All that a page keeps, as one text. */
const kept = (page) => page.evaluate(() => JSON.stringify({ ...localStorage }));

test("three vote, one leaves, one comes later: all see the same numbers and nobody whose", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben, cem, dua] = [await person(), await person(), await person(), await person()];
  await listen(ann);
  await open(ann);
  await variable(ann, "Batch size", { x: 300, y: 250 });
  await variable(ann, "Risk", { x: 620, y: 250 });
  await ann.keyboard.press("Escape");
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.edit, "Ben");
  await join(cem, links.edit, "Cem");
  for (const page of [ben, cem]) await shows(page, 2);
  const before = await fileText(ann);
  await begin(ann, "What first?");
  for (const page of [ann, ben, cem]) {
    await expect(bar(page)).toContainText("What first?");
    await expect(bar(page)).toContainText("3 of 3 dots left");
  }

  await giveByKey(ann, "Batch size");
  await giveByKey(ann, "Batch size");
  await giveByKey(ann, "Risk");
  await expect(bar(ann)).toContainText("0 of 3 dots left");
  // A fourth is not given, and one that was given comes back.
  await giveByKey(ann, "Risk");
  await expect(ann.getByText("You have given all your dots.")).toBeVisible();
  await bar(ann).getByRole("button", { name: "Take back" }).click();
  await expect(bar(ann)).toContainText("1 of 3 dots left");

  await giveByKey(ben, "Risk");
  // A reload keeps the dots.
  await ben.reload();
  await shows(ben, 2);
  await expect(bar(ben)).toContainText("2 of 3 dots left");
  await giveByKey(cem, "Batch size");
  // All see how many, and nobody for what.
  for (const page of [ann, ben, cem]) await expect(bar(page)).toContainText("3 of 3 people, 4 dots");
  const targets = JSON.parse(before).variables.map((one) => `"r${one.id}"`);
  const namesAny = (text) => targets.some((target) => text.includes(target));
  expect((await heard(ann)).filter(namesAny)).toEqual([]);

  await bar(ben).getByRole("button", { name: "Close the vote" }).click();
  for (const page of [ann, ben, cem]) {
    await expect(results(page).getByRole("listitem")).toHaveText(["3 dotsBatch size", "1 dotRisk"]);
    await expect(bar(page)).toContainText("3 people voted");
  }
  // What says what was chosen does not say by whom, and the other way round.
  const cemsId = await cem.evaluate(() => JSON.parse(localStorage["loopstream/person"]).id);
  const told = await heard(ann);
  expect(told.some((text) => text.includes(cemsId))).toBe(true);
  expect(told.some(namesAny)).toBe(true);
  expect(told.filter((text) => text.includes(cemsId) && namesAny(text))).toEqual([]);
  await cem.close();
  await join(dua, links.edit, "Dua");
  await expect(results(dua).getByRole("listitem")).toHaveText(["3 dotsBatch size", "1 dotRisk"]);
  await expect(bar(dua)).toContainText("3 people voted");

  // The file has nothing of it until somebody keeps it as a note, and undo takes that back.
  expect(await fileText(dua)).toBe(before);
  await bar(dua).getByRole("button", { name: "Keep as a note" }).click();
  await expect(async () => {
    const { notes } = JSON.parse(await fileText(ann));
    expect(notes.map((note) => note.text)).toEqual(["What first?\n3  Batch size\n1  Risk"]);
  }).toPass();
  await canvas(dua).focus();
  await dua.keyboard.press("Control+z");
  await expect(async () => expect(JSON.parse(await fileText(ann)).notes ?? []).toEqual([])).toPass();

  await bar(ann).getByRole("button", { name: "End", exact: true }).click();
  for (const page of [ann, ben, dua]) await expect(bar(page)).toHaveCount(0);
  for (const page of [ann, ben]) expect(await kept(page)).not.toContain("loopstream/vote/");
});

test("dots are given by clicks, two tabs have one ballot, and who may only look sees the result", async ({ meet, person }) => {
  const { line } = await meet("@hocuspocus/server");
  const [ann, ben] = [await person(), await person()];
  await open(ann);
  await variable(ann, "Batch size", { x: 400, y: 300 });
  await ann.keyboard.press("Escape");
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.view, "Ben");
  await begin(ann, "");
  await expect(bar(ben)).toContainText("Vote with dots");
  await expect(bar(ben).getByRole("button")).toHaveCount(0);
  await bar(ann).getByRole("button", { name: "Give dots" }).click();
  await canvas(ann).focus();
  await ann.keyboard.press("Shift+1");
  const position = await middle(ann);
  for (let dots = 0; dots < 2; dots++) await canvas(ann).click({ position });
  await expect(bar(ann)).toContainText("1 of 3 dots left");
  await canvas(ann).click({ position, modifiers: ["Shift"] });
  await expect(bar(ann)).toContainText("2 of 3 dots left");
  await expect(bar(ben)).toContainText("1 of 2 people, 1 dot");
  // Another tab of Ann's has the same dots, and takes part in the same ballot.
  const again = await ann.context().newPage();
  await open(again);
  await expect(bar(again)).toContainText("2 of 3 dots left");
  await giveByKey(again, "Batch size");
  await expect(bar(ann)).toContainText("1 of 3 dots left");
  await expect(bar(ben)).toContainText("1 of 2 people, 2 dots");
  await bar(ann).getByRole("button", { name: "Close the vote" }).click();
  for (const page of [ann, again, ben]) await expect(bar(page)).toContainText("1 person voted");
  await expect(results(ben).getByRole("listitem")).toHaveText(["2 dotsBatch size"]);
  await expect(bar(ben).getByRole("button", { name: "Keep as a note" })).toHaveCount(0);
});

test("findings of the checks have dots, and the result shows them", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben] = [await person(), await person()];
  await open(ann);
  await variable(ann, "Batch size", { x: 300, y: 250 });
  await variable(ann, "Risk", { x: 620, y: 250 });
  // Once something is linked, what is not is a finding.
  const [from, to] = [{ x: 300, y: 450 }, { x: 620, y: 450 }];
  await variable(ann, "Speed", from);
  await variable(ann, "Trust", to);
  await link(ann, from, to);
  await ann.keyboard.press("Escape");
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.edit, "Ben");
  await shows(ben, 4);
  await begin(ann, "Which finding first?");
  await expect(bar(ben)).toContainText("3 of 3 dots left");
  for (const page of [ann, ben]) await showChecks(page);
  const [batch, risk] = ["Batch size", "Risk"].map((name) => `"${name}" has no links.`);

  await button(ann, batch, "Give a dot").click();
  await expect(button(ann, batch, "Give a dot (1 given)")).toBeFocused();
  await ann.keyboard.press("Enter");
  await expect(bar(ann)).toContainText("1 of 3 dots left");
  await expect(button(ann, batch, "Give a dot (2 given)")).toBeVisible();
  await button(ann, risk, "Give a dot").click();
  // With the last dot at a finding its button goes, and the focus stays in the row.
  await button(ann, risk, "Take back").focus();
  await ann.keyboard.press("Enter");
  await expect(button(ann, risk, "Take back")).toHaveCount(0);
  await expect(finding(ann, risk).locator(".finding-main")).toBeFocused();
  await button(ben, risk, "Give a dot").click();
  await expect(bar(ann)).toContainText("2 of 2 people, 3 dots");
  await expect(finding(ann, risk)).not.toContainText("given");

  // Who has another tab open, or none, is told as well.
  await ben.getByRole("tab", { name: "Leverage" }).click();
  await bar(ben).getByRole("button", { name: "Close the vote" }).click();
  for (const page of [ann, ben]) {
    await expect(results(page).getByRole("listitem")).toHaveText([`2 dots${batch}`, `1 dot${risk}`]);
  }
  await expect(finding(ann, batch)).toContainText("2 dots");
  await expect(finding(ann, risk)).toContainText("1 dot");
  await expect(ben.getByText("Working…")).toHaveCount(0);
  await results(ben).getByRole("button", { name: risk }).click();
  await expect(contextBar(ben)).toBeVisible();

  // A finding that was mended is listed no longer by its sentence.
  await canvas(ben).focus();
  await ben.keyboard.press("Delete");
  const gone = "A finding that is not there any more";
  for (const page of [ann, ben]) {
    await expect(results(page).getByRole("listitem")).toHaveText([`2 dots${batch}`, `1 dot${gone}`]);
  }
  await bar(ann).getByRole("button", { name: "Keep as a note" }).click();
  await expect(async () => {
    const { notes } = JSON.parse(await fileText(ben));
    expect(notes.map((note) => note.text)).toEqual([`Which finding first?\n2  ${batch}\n1  ${gone}`]);
  }).toPass();
  await bar(ben).getByRole("button", { name: "End", exact: true }).click();
  await expect(bar(ann)).toHaveCount(0);
  await expect(finding(ann, batch)).toBeVisible();
});
