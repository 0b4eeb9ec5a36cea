// Comments on elements: threads in a panel, marks on the canvas, what goes with them.

import { expect, test } from "@playwright/test";

import {
  A, B, canvas, choose, click, document, downloaded, link, open, outline, reload, saved, stored, undoButton, variable,
} from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Comments", exact: true });
const thread = (page, words) => panel(page).getByRole("region", { name: `Comments on ${words}` });

/** Comments on what is selected. */
async function comment(page, words) {
  await page.keyboard.press("Alt+Shift+C");
  const field = panel(page).locator("#comment-new");
  await expect(field).toBeFocused();
  await field.fill(words);
  await field.press("Control+Enter");
  await expect(field).toHaveValue("");
}

test("a comment is added by key, answered, resolved and opened again", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await comment(page, "Of what?");
  await expect(thread(page, "risk").getByRole("listitem")).toHaveText([/Of what\?/]);
  const [first] = (await document(page)).comments;
  expect(first.author).toBeUndefined();
  expect(first.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  await thread(page, "risk").getByRole("button", { name: "Answer" }).click();
  await expect(panel(page).locator("#comment-new")).toBeFocused();
  await page.keyboard.type("Of a release.");
  await panel(page).getByRole("button", { name: "Comment", exact: true }).click();
  await expect(thread(page, "risk").getByRole("listitem")).toHaveText([/Of what\?/, /Of a release\./]);
  await thread(page, "risk").getByRole("button", { name: "Resolve" }).click();
  await expect(thread(page, "risk")).toHaveCount(0);
  await expect(panel(page)).toContainText("No open comments.");
  await panel(page).getByRole("combobox").selectOption("resolved");
  await thread(page, "risk").getByRole("button", { name: "Open again" }).click();
  await panel(page).getByRole("combobox").selectOption("open");
  await expect(thread(page, "risk").getByRole("listitem")).toHaveCount(2);
  await saved(page);
  await reload(page);
  expect((await document(page)).comments).toHaveLength(2);
});

test("a name is in comments only where somebody gave one, and stays in this browser", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await comment(page, "First");
  await panel(page).getByLabel("Your name").fill("Ana");
  await panel(page).getByLabel("Your name").press("Tab");
  await canvas(page).focus();
  await comment(page, "Second");
  expect((await document(page)).comments.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)).map((one) => one.author)).toEqual([undefined, "Ana"]);
  expect((await stored(page))["loopstream/author"]).toBe("Ana");
});

test("deleting an element deletes its comments, and undo brings both back", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await comment(page, "Of what?");
  await canvas(page).focus();
  await page.keyboard.press("Delete");
  await expect(thread(page, "risk")).toHaveCount(0);
  expect((await document(page)).comments).toBeUndefined();
  await undoButton(page).click();
  await expect(thread(page, "risk").getByRole("listitem")).toHaveText([/Of what\?/]);
});

test("a mark on the canvas leads to the comments, and the panel to the element", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await variable(page, "trust", B);
  await link(page, A, B);
  await comment(page, "Why?");
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await click(page, A);
  await comment(page, "Of what?");
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await panel(page).getByRole("button", { name: "Close panel" }).click();
  // The mark stands over the upper left corner of the name.
  await click(page, { x: A.x - 21, y: A.y - 22 });
  await expect(panel(page)).toBeVisible();
  await expect(panel(page).locator("#comment-new")).toBeFocused();
  await thread(page, "risk → trust, no sign yet").getByRole("button", { name: "risk → trust, no sign yet" }).click();
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  await expect(outline(page).getByRole("button", { name: "risk → trust, no sign yet", exact: true })).toHaveAttribute("aria-pressed", "true");
});

test("comments are not in the picture that is exported", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await comment(page, "Of what, exactly?");
  await canvas(page).focus();
  const picture = await downloaded(page, () => choose(page, "File", "Export SVG"));
  const drawn = picture.bytes.toString("utf8").replace(/<metadata>.*<\/metadata>/su, "");
  expect(drawn).not.toContain("exactly");
});

test("who only looks reads the comments and cannot write", async ({ page, context }) => {
  await open(page);
  await variable(page, "risk", A);
  await comment(page, "Of what?");
  await canvas(page).focus();
  await choose(page, "File", "Share a link");
  await expect(page.locator("#link-view")).toBeVisible();
  const address = await page.locator("#link-view").inputValue();
  const viewer = await context.newPage();
  await viewer.goto(address);
  await viewer.getByRole("button", { name: /^Comments/ }).click();
  await expect(thread(viewer, "risk").getByRole("listitem")).toHaveText([/Of what\?/]);
  await expect(panel(viewer).getByRole("textbox")).toHaveCount(0);
  await expect(panel(viewer).getByRole("button", { name: /Resolve|Answer|Edit|Delete/ })).toHaveCount(0);
});
