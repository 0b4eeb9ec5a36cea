// Tables and lists as teams have them, pasted on the canvas: steps, links, names, work items.

import { expect, test } from "@playwright/test";

import { canvas, choose, document, drop, open, toast } from "../page.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
}

const wiki = `Measured in May:

| Stage | Process Time | Wait Time | Owner |
|:------|:------------:|----------:|-------|
| Write | 3 hours | 0 | Dev |
| Review | ~45 min | 5 hours | Team |
| Build | 2-4-9 min | ? | CI |
`;

const asking = (page) => page.getByRole("dialog", { name: "A list of names" });
const names = (list) => (list ?? []).map((one) => one.name).sort();

test("a table of steps from a wiki is a map, in one step", async ({ page }) => {
  await paste(page, wiki);
  await expect(toast(page, /Pasted as a table of steps: 3 steps, 6 measures/)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const { stations, flows } = await document(page);
  expect(names(stations)).toEqual(["Build", "Review", "Write"]);
  expect(flows).toHaveLength(2);
  const build = stations.find((one) => one.name === "Build").measures;
  expect(build.waitingTime).toMatchObject({ unknown: true });
  await canvas(page).focus();
  await page.keyboard.press("Control+z");
  expect((await document(page)).stations ?? []).toEqual([]);
});

test("what a pasted table loses is told first", async ({ page }) => {
  await paste(page, wiki.replace("3 hours", "a while"));
  await expect(toast(page, /A value was left out that cannot be used.*a while/)).toBeVisible();
});

test("a table of links from a terminal is links", async ({ page }) => {
  await paste(page, "from      to        polarity\nwork      stress    +\nstress    work      -\n");
  await expect.poll(async () => (await document(page)).links?.length).toBe(2);
  expect(names((await document(page)).variables)).toEqual(["stress", "work"]);
});

for (const [answer, kind] of [["Variables", "variables"], ["Steps of a value stream", "stations"]]) {
  test(`a list of names becomes ${kind} where a person says so`, async ({ page }) => {
    await paste(page, "- Write\n- Review\n- Deploy\n");
    await expect(asking(page)).toContainText("3 names: Write, Review, Deploy.");
    await asking(page).getByRole("button", { name: answer, exact: true }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(names((await document(page))[kind])).toEqual(["Deploy", "Review", "Write"]);
    await canvas(page).focus();
    await page.keyboard.press("Control+z");
    expect((await document(page))[kind] ?? []).toEqual([]);
  });
}

test("a list of names can stay a note, and nothing is pasted without an answer", async ({ page }) => {
  await paste(page, "Ada\nBob\n");
  await expect(asking(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect((await document(page)).notes ?? []).toEqual([]);
  await paste(page, "Ada\nBob\n");
  await asking(page).getByRole("button", { name: "A note", exact: true }).click();
  await expect.poll(async () => (await document(page)).notes?.map((one) => one.text)).toEqual(["Ada\nBob"]);
});

test("sentences are a note, and nobody is asked", async ({ page }) => {
  await paste(page, "We met today.\nIt went well.");
  await expect.poll(async () => (await document(page)).notes?.length).toBe(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("pasted work items lead to the form, which asks what it does not know", async ({ page }) => {
  await paste(page, "Key\tTo Do\tMarmalade\tDone\nA\t2026-11-02 9:00\t2026-11-03 9:00\t2026-11-05 9:00\nB\t2026-11-02 9:00\t2026-11-04 9:00\t\n");
  const form = page.getByRole("dialog", { name: "Import measurements" });
  await expect(form.getByText(/It is not clear what “Marmalade” is/)).toBeVisible();
  await expect(form.getByText(/2 items: 1 finished, 1 under way/)).toBeVisible();
  await form.getByLabel("Marmalade", { exact: true }).selectOption("working");
  await expect(form.getByText(/It is not clear what “Marmalade” is/)).toHaveCount(0);
});

test("the map of an export with begin and end alone says nothing of the work", async ({ page }) => {
  await drop(page, {
    file: { name: "ends.csv", text: "Key,Created,Resolved\nA,2026-09-07 09:00,2026-09-10 09:00\nB,2026-09-08 09:00,2026-09-14 09:00\n" },
  });
  await page.getByRole("dialog").getByRole("button", { name: "Make a new map" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const stream = page.getByRole("button", { name: "Stream", exact: true });
  if ((await stream.getAttribute("aria-pressed")) !== "true") {
    await stream.click();
  }
  await expect(page.getByText(/flow efficiency can't be calculated/).first()).toBeVisible();
});

test("a table of a wiki opens from the dialog for texts", async ({ page }) => {
  await choose(page, "File", "Import from text or link…");
  await page.getByLabel("Text or link", { exact: true }).fill(wiki);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Import measurements" }).getByText(/a table of steps: 3 rows/)).toBeVisible();
});
