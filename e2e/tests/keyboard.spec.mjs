// Everything by keyboard alone; the focus is always seen and never trapped.

import { expect, test } from "@playwright/test";

import { canvas, contextBar, document, field, loops, name, open, outline, reload, story } from "../page.mjs";

test.beforeEach(async ({ page }) => open(page));

/** Presses Tab until something has the focus. */
async function tabTo(page, locator, key = "Tab") {
  for (let step = 0; step < 60; step += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error("Tab never gets there");
}

/** Finds an action in the palette and does it. */
async function command(page, words) {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Command" })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
}

test("a loop is drawn, signed, delayed and named without a mouse", async ({ page }) => {
  await tabTo(page, canvas(page));
  await page.keyboard.press("Enter");
  await name(page, "batch size");
  await page.keyboard.press("Control+ArrowRight");
  await name(page, "risk");
  await page.keyboard.press("Control+ArrowDown");
  await name(page, "fear");
  await expect(canvas(page)).toBeFocused();

  await command(page, "outline");
  await tabTo(page, page.getByRole("combobox", { name: "Cause" }));
  await page.keyboard.type("fear");
  await page.keyboard.press("Tab");
  await page.keyboard.type("increases");
  await page.keyboard.press("Tab");
  await page.keyboard.type("batch");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Add link" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(outline(page).getByRole("button", { name: "fear up → batch size up, delayed", exact: true })).toBeVisible();
  // The next link is delayed only if that is said again.
  await expect(outline(page).getByRole("checkbox", { name: "delayed" })).not.toBeChecked();

  // The links as sentences: choosing one selects it, then the keys sign it.
  for (const [sentence, keys, then] of [
    ["batch size → risk, no sign yet", ["+", "d"], "batch size up → risk up, delayed"],
    ["risk → fear, no sign yet", ["+"], "risk up → fear up"],
  ]) {
    await tabTo(page, outline(page).getByRole("button", { name: sentence, exact: true }), "Tab");
    await page.keyboard.press("Enter");
    for (const key of keys) await page.keyboard.press(key);
    await expect(outline(page).getByRole("button", { name: then, exact: true })).toBeVisible();
  }

  await command(page, "hide the loops");
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
  await expect(loops(page).locator(".loop-meta")).toHaveText("reinforcing · 3 links · delayed");
  await tabTo(page, loops(page).locator(".loop-row"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Name", { exact: true }));
  await page.keyboard.type("Fear of deploying");
  await page.keyboard.press("Enter");
  await expect(loops(page).locator(".loop-name")).toHaveText("Fear of deploying");
  expect((await document(page)).links).toHaveLength(3);
});

test("keys go from thing to thing, sign, nudge, edit, delete and undo", async ({ page }) => {
  await page.keyboard.press("Enter");
  await name(page, "one");
  await page.keyboard.press("Control+ArrowRight");
  await name(page, "two");
  const bar = contextBar(page);
  await page.keyboard.press("]");
  for (let step = 0; step < 3; step += 1) {
    if (await bar.getByRole("button", { name: "Reverse" }).isVisible()) break;
    await page.keyboard.press("]");
  }
  await expect(bar.getByRole("button", { name: "Reverse" })).toBeVisible();
  for (const [key, sign] of [["-", "-"], ["?", "?"], ["+", "+"]]) {
    await page.keyboard.press(key);
    expect((await document(page)).links[0].polarity).toBe(sign);
  }
  await page.keyboard.press("d");
  expect((await document(page)).links[0].delayed).toBe(true);

  await page.keyboard.press("Control+a");
  const before = (await document(page)).variables.map((one) => one.x);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect((await document(page)).variables.map((one) => one.x)).toEqual(before.map((x) => x + 11));
  await page.keyboard.press("Backspace");
  expect((await document(page)).variables ?? []).toEqual([]);
  await page.keyboard.press("Control+z");
  expect((await document(page)).variables).toHaveLength(2);
});

test("single letters are letters while words are typed", async ({ page }) => {
  await page.keyboard.press("Enter");
  await name(page, "vhnltsqdr?+-[]");
  expect((await document(page)).variables.map((one) => one.name)).toEqual(["vhnltsqdr?+-[]"]);
});

test("the palette finds, runs and closes; help lists the keys", async ({ page }) => {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await page.keyboard.type("zoom in");
  await expect(palette.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  await expect(page.locator(".zoom-value")).toHaveText("125 %");

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys and help" });
  await expect(help).toContainText("Add next on the right");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
});

test("the active command of a long list is always in sight", async ({ page }) => {
  await page.keyboard.press("Control+k");
  const options = page.getByRole("dialog", { name: "Commands" }).getByRole("option");
  await expect(options.first()).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await expect(options.last()).toBeInViewport();
});

test("a dialog keeps the focus, and gives it back", async ({ page }) => {
  await canvas(page).focus();
  for (const close of ["Escape", "button"]) {
    await page.keyboard.press("F1");
    const help = page.getByRole("dialog", { name: "Keys and help" });
    await expect(help).toBeVisible();
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press("Tab");
      // Round the dialog and the browser itself, never to the page under it.
      expect(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest("dialog"))).toBe(true);
    }
    if (close === "Escape") {
      await page.keyboard.press("Escape");
    } else {
      await tabTo(page, help.getByRole("button", { name: "Close" }));
      await page.keyboard.press("Enter");
    }
    await expect(help).toHaveCount(0);
    await expect(canvas(page)).toBeFocused();
  }
});

test("a menu opens, walks and closes by keys", async ({ page }) => {
  const button = page.getByRole("button", { name: "File", exact: true });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "New diagram" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "My diagrams" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("menuitem", { name: "Print, or save as PDF" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await expect(page.getByRole("menu")).toHaveCount(0);
});

for (const state of ["an empty page", "a page with a diagram"]) {
  test(`Tab goes through ${state} and out again, forwards and backwards, and the focus is seen`, async ({ page }) => {
    if (state !== "an empty page") {
      await page.keyboard.press("Enter");
      await name(page, "one");
      await page.keyboard.press("Control+ArrowRight");
      await name(page, "two");
      // From the top again, as from the address.
      await reload(page);
    }
    const stops = { Tab: [], "Shift+Tab": [] };
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let step = 0; step < 80; step += 1) {
        // Backwards a browser without a bar of its own goes round for ever.
        if (key === "Shift+Tab" && step === stops.Tab.length) break;
        await page.keyboard.press(key);
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          // Two pixels around controls; the canvas, which has the focus most of the time, has a finer line.
          const least = element.id === "canvas" ? 1 : 2;
          const seen = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= least;
          const inside = box.width > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
          const name = element.getAttribute("aria-label") ?? element.title ?? "";
          return { what: `${element.tagName} ${name || element.textContent.trim()}`, seen, inside };
        });
        if (!stop) break;
        stops[key].push(stop);
      }
      expect(stops[key].length, "stops before the page ends").toBeLessThan(70);
    }
    const forth = stops.Tab.map((stop) => stop.what);
    expect(forth.some((what) => what.startsWith("CANVAS"))).toBe(true);
    expect(forth.length).toBeGreaterThan(15);
    for (const stop of stops.Tab) expect(stop, stop.what).toMatchObject({ seen: true, inside: true });
    expect(stops["Shift+Tab"].map((stop) => stop.what).reverse()).toEqual(forth);
  });
}

test("Escape lets go of things one after the other", async ({ page }) => {
  await page.keyboard.press("n");
  await expect(page.getByRole("button", { name: "Variable", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Select", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveCount(0);
  await expect(canvas(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await name(page, "one");
  await expect(contextBar(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(contextBar(page)).toHaveCount(0);
});

test("what a screen reader cannot see is said", async ({ page }) => {
  await page.keyboard.press("Enter");
  await name(page, "trust");
  await page.keyboard.press("Escape");
  await command(page, "outline");
  await tabTo(page, page.getByRole("button", { name: "Add link" }));
  await page.keyboard.press("Enter");
  await expect(page.locator("#said")).toContainText(story("trust"));
  await expect(page.locator("#said")).toContainText("New reinforcing loop R1");
});

test("naming a loop and going on to its note keeps the place", async ({ page }) => {
  await page.keyboard.press("Enter");
  await name(page, "trust");
  await command(page, "outline");
  await tabTo(page, page.getByRole("button", { name: "Add link" }));
  await page.keyboard.press("Enter");
  await command(page, "hide the loops");
  await tabTo(page, loops(page).locator(".loop-row"));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Trust grows");
  await page.keyboard.press("Tab");
  await page.keyboard.type("slowly");
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(loops(page).locator(".loop-name")).toHaveText("Trust grows");
  expect((await document(page)).loops.map(({ name, remark }) => ({ name, remark }))).toEqual([{ name: "Trust grows", remark: "slowly" }]);
});

test("signing a link in the outline keeps the place", async ({ page }) => {
  await page.keyboard.press("Enter");
  await name(page, "one");
  await page.keyboard.press("Control+ArrowRight");
  await name(page, "two");
  await command(page, "outline");
  await tabTo(page, outline(page).getByRole("button", { name: "one → two, no sign yet", exact: true }));
  await page.keyboard.press("Enter");
  for (const [sign, then] of [["minus", "one up → two down"], ["plus", "one up → two up"]]) {
    const button = outline(page).getByRole("button", { name: `Polarity ${sign}` });
    await tabTo(page, button, sign === "minus" ? "Tab" : "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(button).toBeFocused();
    await expect(outline(page).getByRole("button", { name: then, exact: true })).toBeVisible();
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(outline(page).getByRole("button", { name: "Delayed", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Tab");
  await page.keyboard.type("because");
  await page.keyboard.press("Tab");
  expect((await document(page)).links[0]).toMatchObject({ polarity: "+", delayed: true, remark: "because" });
});

test("renaming a variable in the outline keeps the place", async ({ page }) => {
  await page.keyboard.press("Enter");
  await name(page, "one");
  await command(page, "outline");
  await tabTo(page, outline(page).getByRole("button", { name: "one", exact: true }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("the first");
  await page.keyboard.press("Tab");
  await expect(outline(page).getByRole("textbox", { name: "Note on it" })).toBeFocused();
  await page.keyboard.type("counted every Monday");
  await page.keyboard.press("Tab");
  await expect(outline(page).getByRole("textbox", { name: "Tags" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(outline(page).getByLabel("What it is")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(outline(page).getByRole("button", { name: "Delete the first" })).toBeFocused();
  const [variable] = (await document(page)).variables;
  expect(variable).toMatchObject({ name: "the first", remark: "counted every Monday" });
});
