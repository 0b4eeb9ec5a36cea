// The speaker's notes in a second window: opened from the presentation, both lead and both follow, and nothing of
// it changes the document.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { canvas, document, drop, open } from "../page.mjs";

const stage = (page) => page.getByRole("region", { name: "Presentation", exact: true });
const place = (page) => stage(page).locator(".present-place");
const said = (notes) => notes.getByRole("region", { name: "Notes for the speaker" });
const now = (notes) => notes.getByRole("region", { name: "Now", exact: true });
const next = (notes) => notes.getByRole("region", { name: "Next", exact: true });
const at = (notes) => notes.locator(".notes-place");
const watch = (notes) => notes.getByRole("timer", { name: "Since the start" });
const button = (notes, name) => notes.getByRole("button", { name, exact: true });

/** A diagram with a story of three steps, as its file has it. */
function told(title = "Pressure & shortcuts") {
  const variables = [
    { id: "p1", name: "delivery pressure", x: 0, y: 0 },
    { id: "p2", name: "shortcuts", x: 320, y: 40 },
    { id: "p3", name: "Wartungsaufwand für Altsysteme", x: 160, y: 260 },
  ];
  const ends = [[0, 1, "+"], [1, 2, "+"], [2, 0, "+"]];
  const links = ends.map(([from, to, polarity], number) => ({
    id: `l${number}`, from: variables[from].id, to: variables[to].id, polarity,
  }));
  const story = "how";
  const storySteps = [
    { id: "s1", story, place: 1, title: "It begins with pressure", words: "Somebody **promised** a date.", notes: "Ask the room.\nWait for three answers." },
    { id: "s2", story, place: 2, title: "Round and round", loops: [links.map((link) => link.id)], rest: "dimmed" },
    { id: "s3", story, place: 3, title: "The whole", words: "All of it", notes: "<b>Thank</b> everybody. ".repeat(300) },
  ];
  return { format: "loopstream", version: 6, title, variables, links, stories: [{ id: story, name: "How it went" }], storySteps };
}

async function openTold(page, title) {
  await open(page);
  const diagram = told(title);
  await drop(page, { file: { name: "told.json", text: JSON.stringify(diagram) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue(diagram.title);
}

async function present(page) {
  await canvas(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(place(page)).toHaveText("1 / 3");
}

/** Presents, and opens the window with the notes. */
async function withNotes(page) {
  await openTold(page);
  await present(page);
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("n");
  const notes = await opened;
  await expect(at(notes)).toHaveText("1 of 3");
  return notes;
}

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

test("N opens the notes: what to say, what is told, what comes next, and a picture of it", async ({ page }) => {
  const notes = await withNotes(page);
  expect(notes.url()).toMatch(/#notes$/);
  await expect(notes).toHaveTitle("Notes: Pressure & shortcuts – Loopstream");
  await expect(said(notes)).toHaveText("Ask the room.\nWait for three answers.");
  const size = await said(notes).evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(size).toBeGreaterThanOrEqual(22);
  await expect(now(notes)).toContainText("It begins with pressure");
  await expect(now(notes).locator("strong")).toHaveText("promised");
  await expect(next(notes)).toContainText("Round and round");
  // A step without words is told by its loop.
  await expect(next(notes)).toContainText("delivery pressure up → shortcuts up");
  const picture = next(notes).locator("img");
  await expect(picture).toHaveAttribute("src", /^data:image\/svg\+xml,/);
  await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBe(1920);
  await expect(notes.locator("#said")).toHaveText("Step 1 of 3. It begins with pressure. Ask the room.\nWait for three answers.");
  // Neither a canvas nor a document is there, and no other window is asked for.
  await expect(notes.locator("#canvas")).toHaveCount(0);
  // It has not ended the presentation.
  await expect(place(page)).toHaveText("1 / 3");
});

test("whichever window leads, both follow, by the same keys", async ({ page }) => {
  const notes = await withNotes(page);
  const both = async (number) => {
    await expect(place(page)).toHaveText(`${number} / 3`);
    await expect(at(notes)).toHaveText(`${number} of 3`);
  };
  await page.keyboard.press("PageDown");
  await both(2);
  await expect(said(notes)).toHaveText("No notes for this step.");
  for (const [key, number] of [["PageDown", 3], ["PageUp", 2], ["Home", 1], [" ", 2], ["ArrowRight", 3], ["Backspace", 2], ["End", 3], ["1", 1]]) {
    await notes.keyboard.press(key);
    await both(number);
  }
  await expect(button(notes, "Back")).toHaveAttribute("aria-disabled", "true");
  await button(notes, "Next").click();
  await both(2);
  await button(notes, "Back").click();
  await both(1);
  // Enter presses the button that has the focus, and leads no further.
  await button(notes, "Next").focus();
  await notes.keyboard.press("Enter");
  await both(2);
  await notes.keyboard.press("3");
  await both(3);
  await expect(next(notes)).toHaveText(/This is the last step\./);
  // Words are words; long notes are scrolled by keys.
  await expect(said(notes).locator("b")).toHaveCount(0);
  await said(notes).focus();
  await notes.keyboard.press("ArrowDown");
  await expect.poll(() => said(notes).evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await both(3);
  await notes.keyboard.press("Escape");
  await expect(stage(page)).toHaveCount(0);
  await expect(notes.getByRole("heading", { name: "The presentation has ended" })).toBeVisible();
});

test("a window that is opened first waits, follows, says when it is over, and follows the next one", async ({ page, context }) => {
  const notes = await context.newPage();
  await notes.goto("./#notes");
  await expect(notes.getByRole("heading", { name: "Waiting for a presentation" })).toBeVisible();
  await clean(notes);
  await openTold(page);
  const before = await document(page);
  await present(page);
  await expect(at(notes)).toHaveText("1 of 3");
  await expect(next(notes).locator("img")).toBeVisible();
  await notes.keyboard.press("ArrowRight");
  await expect(place(page)).toHaveText("2 / 3");
  // What the notes do is no edit.
  for (const key of ["Delete", "Control+a", "Control+z", "n", "p"]) await notes.keyboard.press(key);
  await page.keyboard.press("Escape");
  await expect(notes.getByRole("heading", { name: "The presentation has ended" })).toBeVisible();
  await clean(notes);
  expect(await document(page)).toEqual(before);
  await present(page);
  await expect(at(notes)).toHaveText("1 of 3");
  await expect(next(notes).locator("img")).toBeVisible();
  // A page that goes has no presentation any more.
  await page.close();
  await expect(notes.getByRole("heading", { name: "The presentation has ended" })).toBeVisible();
});

test("of two presentations the later one is followed, until it is over", async ({ page, context }) => {
  const notes = await context.newPage();
  await notes.goto("./#notes");
  await openTold(page);
  await present(page);
  await expect(at(notes)).toHaveText("1 of 3");
  const other = await context.newPage();
  await openTold(other, "Another");
  await present(other);
  await expect(notes.locator(".notes-document")).toHaveText("Another");
  await page.keyboard.press("ArrowRight");
  await expect(place(page)).toHaveText("2 / 3");
  await notes.keyboard.press("End");
  await expect(place(other)).toHaveText("3 / 3");
  await expect(place(page)).toHaveText("2 / 3");
  await expect(notes.locator(".notes-document")).toHaveText("Another");
});

test("the time since the start runs, halts and begins afresh", async ({ page }) => {
  const notes = await withNotes(page);
  // The clock of that window alone goes on by so many seconds.
  await notes.evaluate(() => {
    const now = Date.now;
    window.ahead = 0;
    Date.now = () => now() + window.ahead * 1000;
  });
  const later = (seconds) => notes.evaluate((seconds) => { window.ahead += seconds; }, seconds);
  await expect(notes.getByRole("timer", { name: "Time of day" })).toHaveText(/^\d{1,2}:\d\d$/);
  await expect(watch(notes)).toHaveText(/^0:\d\d$/);
  await later(600);
  await expect(watch(notes)).toHaveText(/^10:\d\d$/);
  await button(notes, "Pause the time").click();
  const halted = await watch(notes).textContent();
  await later(3_600);
  await expect(watch(notes)).toHaveText(halted);
  await button(notes, "Go on with the time").click();
  await expect(watch(notes)).toHaveText(/^10:\d\d$/);
  await later(3_600);
  await expect(watch(notes)).toHaveText(/^1:10:\d\d$/);
  await button(notes, "Time from the start").click();
  await expect(watch(notes)).toHaveText(/^0:0\d$/);
});

test("a browser that blocks the window says so, and the presentation goes on", async ({ page }) => {
  await page.addInitScript(() => { window.open = () => null; });
  await openTold(page);
  await present(page);
  await page.mouse.move(600, 300);
  await stage(page).getByRole("button", { name: "Speaker’s notes" }).click();
  await expect(page.locator(".toast")).toHaveText(/The browser blocked the window with the notes\. Allow pop-ups for this page, then press N again\./);
  await expect(place(page)).toHaveText("1 / 3");
});

test("what changes in the story is told at once", async ({ page, context }) => {
  const notes = await withNotes(page);
  const other = await context.newPage();
  await open(other);
  await expect(other.getByLabel("Title of the diagram")).toHaveValue("Pressure & shortcuts");
  await canvas(other).focus();
  await other.keyboard.press("Shift+T");
  const panel = other.getByRole("complementary", { name: "Story", exact: true });
  await panel.locator(".story-row").first().click();
  await panel.getByLabel("Notes for the speaker").fill("Breathe.");
  await other.keyboard.press("Tab");
  await expect(said(notes)).toHaveText("Breathe.");
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("every step is clean, at any width", async ({ page }) => {
      const notes = await withNotes(page);
      for (const [width, height] of [[1280, 800], [768, 700], [360, 640]]) {
        await notes.setViewportSize({ width, height });
        for (const number of [1, 2, 3]) {
          await notes.keyboard.press(String(number));
          await expect(at(notes)).toHaveText(`${number} of 3`);
          await clean(notes);
          const wide = await notes.evaluate(() => document.documentElement.scrollWidth);
          expect(wide).toBeLessThanOrEqual(width);
          await expect(button(notes, "Next")).toBeInViewport();
        }
      }
    });
  });
}

test("the theme is that of both windows", async ({ page }) => {
  const notes = await withNotes(page);
  await notes.keyboard.press("d");
  await expect(notes.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
