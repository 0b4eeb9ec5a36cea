// What stands beside an equation: units that do not agree, models of Vensim, long tables.

import { expect, test } from "@playwright/test";

import { A, B, C, canvas, click, document, drop, open, variable } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Run" });
const equation = (page) => page.locator("#equation");
const offers = (page) => page.locator("#equation-offers [role=option]");
const clashes = (page) => page.getByRole("list", { name: "Units do not agree" });
const plot = (page) => page.getByRole("group", { name: "Plot of the table" });

/** Selects what is there and gives it an equation and units, by keys. */
async function write(page, place, words, units) {
  await click(page, place);
  await page.keyboard.press("Alt+e");
  await equation(page).fill(words);
  await page.keyboard.press("Enter");
  await panel(page).getByLabel("Units", { exact: true }).fill(units);
  await page.keyboard.press("Enter");
}

async function inFile(page, name) {
  const { variables } = await document(page);
  return variables.find((one) => one.name === name);
}

test.describe("a diagram", () => {
  test.beforeEach(async ({ page }) => open(page));

  test("units that do not agree are marked where they meet, and converted", async ({ page }) => {
    await variable(page, "Morning", A);
    await variable(page, "Evening", B);
    await variable(page, "Made", C);
    await write(page, A, "1", "pieces/day");
    await write(page, B, "1", "pieces/week");
    await write(page, C, "2 * (Morning + Evening)", "pieces/day");
    await panel(page).getByRole("button", { name: "Settings of runs" }).click();
    await panel(page).getByLabel("Unit of time").fill("week");
    await page.keyboard.press("Enter");
    await expect(clashes(page).getByRole("listitem")).toContainText("the right side in pieces/week");
    await expect(page.locator(".equation-clash")).toHaveText("(Morning + Evening)");
    // What is typed meanwhile is not about the equation that was looked at.
    await equation(page).focus();
    await page.keyboard.press("End");
    await page.keyboard.type(" + 1");
    await expect(page.locator(".equation-clash")).toHaveCount(0);
    await expect(clashes(page).getByRole("button", { name: "Convert it" })).toBeDisabled();
    await page.keyboard.press("Escape");
    await expect(page.locator(".equation-clash")).toHaveCount(1);
    // The report leads to the place.
    await canvas(page).focus();
    await click(page, A);
    await panel(page).getByRole("button", { name: "Can it be trusted?" }).click();
    await panel(page).getByRole("button", { name: "Show where" }).click();
    await expect(equation(page)).toBeFocused();
    await expect(equation(page)).toHaveValue("2 * (Morning + Evening)");
    const chosen = await equation(page).evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
    expect(chosen).toBe("(Morning + Evening)");
    await clashes(page).getByRole("button", { name: "Convert it" }).click();
    await expect(equation(page)).toHaveValue("2 * (Morning + Evening / days_per_week)");
    await expect(clashes(page)).toBeHidden();
    expect(await inFile(page, "days per week")).toMatchObject({ equation: "7", units: "day/week" });
  });

  test("a name of Vensim is offered as XMILE's", async ({ page }) => {
    // What is typed at once goes into the field, also where a busy browser hears keys before timers.
    await page.evaluate(() => {
      const { setTimeout } = globalThis;
      globalThis.setTimeout = (work, wait, ...more) => setTimeout(work, wait || 300, ...more);
    });
    await variable(page, "Input", A);
    await click(page, A);
    await page.keyboard.press("Alt+e");
    await page.keyboard.type("smooth3");
    await expect(offers(page).first()).toContainText("SMTH3(input, time, [start])");
    await page.keyboard.press("Enter");
    await expect(equation(page)).toHaveValue("SMTH3()");
  });

  test("a table of a thousand points is pasted, and keys reach every point", async ({ page }) => {
    await variable(page, "Effect", A);
    await click(page, A);
    await page.keyboard.press("Alt+e");
    await panel(page).getByRole("button", { name: "Table", exact: true }).click();
    const took = await page.evaluate(async () => {
      const rows = Array.from({ length: 1_000 }, (_, at) => `${(at * 7) % 1_000}\t${Math.sin(at / 50).toFixed(4)}`);
      const data = new DataTransfer();
      data.setData("text", rows.join("\n"));
      const start = performance.now();
      globalThis.document.querySelector(".table-paste").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - start;
    });
    console.log(`pasting 1,000 rows took ${took.toFixed(0)} ms`);
    await expect(panel(page).getByText("x was out of order, and is sorted now")).toBeVisible();
    expect((await inFile(page, "Effect")).table.points).toHaveLength(1_000);
    // Each handle can be hit.
    const boxes = await plot(page).getByRole("slider").evaluateAll((all) =>
      all.map((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }),
    );
    expect(boxes.length).toBeGreaterThan(5);
    expect(boxes.length).toBeLessThan(100);
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        expect(Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y))).toBeGreaterThan(20);
      }
    }
    await plot(page).getByRole("slider").first().focus();
    await page.keyboard.press("PageDown");
    await expect(page.locator("#plot-point-1")).toBeFocused();
    await page.keyboard.press("PageDown");
    await expect(page.locator("#plot-point-2")).toBeFocused();
    await page.keyboard.press("End");
    await expect(page.locator("#plot-point-999")).toBeFocused();
    await expect(panel(page).getByText("951 to 1000 of 1000 points")).toBeVisible();
    await panel(page).getByLabel("y of point 1000").fill("5");
    await page.keyboard.press("Enter");
    expect((await inFile(page, "Effect")).table.points[999][1]).toBe(5);
  });
});

const VENSIM = `{UTF-8}
demand = 5 ~ pieces/week ~ |
smoothed demand = SMOOTH(demand, 4) ~ pieces/week ~ |
INITIAL TIME = 0 ~ week ~ |
FINAL TIME = 9 ~ week ~ |
TIME STEP = 1 ~ week ~ |
SAVEPER = TIME STEP ~ week ~ |
`;

test("a model of Vensim is written in its language", async ({ page }) => {
  await open(page);
  await drop(page, { file: { name: "demand.mdl", text: VENSIM } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("demand");
  await canvas(page).focus();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("smoothed demand");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await canvas(page).focus();
  await page.keyboard.press("Alt+e");
  const stated = panel(page).getByLabel("What the model says");
  await expect(stated).toBeFocused();
  await expect(stated).toHaveText(/SMOOTH\(demand\s*,\s*4\)/);
  await panel(page).getByRole("button", { name: "Change it" }).click();
  await expect(equation(page)).toBeFocused();
  await expect(equation(page)).toHaveValue(/SMOOTH\(demand\s*,\s*4\)/);
  await equation(page).fill("");
  await page.keyboard.type("delay fi");
  await expect(offers(page).first()).toContainText("DELAY FIXED(input, time, start)");
  await page.keyboard.press("Enter");
  await expect(equation(page)).toHaveValue("DELAY FIXED()");
  await expect(page.locator("#equation-help strong")).toHaveText("input");
  await page.keyboard.type("demand, 2, 0");
  await page.keyboard.press("Enter");
  await expect(page.locator("#equation-fault")).toBeEmpty();
  expect((await inFile(page, "smoothed demand")).equation).toBe("DELAY FIXED(demand, 2, 0)");
});
