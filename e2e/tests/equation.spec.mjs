// Writing equations in the panel: completion, faults at their place, names that are followed, tables.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { A, B, C, canvas, click, document, drag, name, open, rim, variable } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Run" });
const equation = (page) => page.locator("#equation");
const offers = (page) => page.locator("#equation-offers [role=option]");
const plot = (page) => page.getByRole("group", { name: "Plot of the table" });

/** Selects what is there and opens its equation, by the key. */
async function edit(page, place) {
  await click(page, place);
  await page.keyboard.press("Alt+e");
  await expect(equation(page)).toBeFocused();
}

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `    ${node.html}\n    ${node.failureSummary}`).join("\n")}`);
  expect(told.join("\n\n")).toBe("");
}

/** The variable of a name, as the file has it. */
async function inFile(page, name) {
  const { variables } = await document(page);
  return variables.find((one) => one.name === name);
}

test.beforeEach(async ({ page }) => open(page));

test("two equations are written by keyboard alone, with what is offered", async ({ page }) => {
  await variable(page, "Birth rate", A);
  await variable(page, "Population", B);
  await variable(page, "Births", C);
  await edit(page, B);
  await page.keyboard.type("100");
  await page.keyboard.press("Enter");
  await edit(page, C);
  await page.keyboard.type("birth ra");
  await expect(offers(page)).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(equation(page)).toHaveValue("Birth_rate");
  await page.keyboard.type(" * ma");
  await expect(offers(page).first()).toContainText("MAX(a, b, …)");
  await page.keyboard.press("Tab");
  await expect(equation(page)).toHaveValue("Birth_rate * MAX()");
  await expect(page.locator("#equation-help strong")).toHaveText("a");
  await page.keyboard.type("p");
  await expect(offers(page).first()).toContainText("Population");
  await page.keyboard.press("ArrowDown");
  await expect(offers(page).first()).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.keyboard.type(", p");
  await expect(page.locator("#equation-help strong")).toHaveText("b");
  await expect(offers(page)).not.toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(offers(page)).toHaveCount(0);
  await page.keyboard.press("Backspace");
  await page.keyboard.type("0");
  await page.keyboard.press("Enter");
  await expect(equation(page)).toHaveValue("Birth_rate * MAX(Population, 0)");
  expect((await inFile(page, "Births")).equation).toBe("Birth_rate * MAX(Population, 0)");
  expect((await inFile(page, "Population")).equation).toBe("100");
});

test("a click accepts what is offered, and names with blanks are understood", async ({ page }) => {
  await variable(page, "Birth rate", A);
  await variable(page, "Births", B);
  await edit(page, B);
  await page.keyboard.type("2 * bir");
  await offers(page).first().click();
  await expect(equation(page)).toBeFocused();
  await expect(equation(page)).toHaveValue("2 * Birth_rate");
  await equation(page).fill("birth rate / 2");
  await expect(page.locator("#equation-fault")).toBeEmpty();
  await page.keyboard.press("Enter");
  await expect(equation(page)).toHaveValue("Birth_rate / 2");
  // Esc brings back what it was.
  await page.keyboard.type(" + 1");
  await page.keyboard.press("Escape");
  await expect(equation(page)).toHaveValue("Birth_rate / 2");
});

test("what is wrong is told and marked at its place", async ({ page }) => {
  await variable(page, "Birth rate", A);
  await variable(page, "Births", B);
  await edit(page, B);
  await page.keyboard.type("2 * Birth_rat");
  await page.keyboard.press("Escape");
  await expect(page.locator("#equation-fault")).toHaveText("There is no Birth_rat; did you mean Birth_rate?");
  await expect(page.locator(".equation-wrong")).toHaveText("Birth_rat");
  await expect(equation(page)).toHaveAttribute("aria-invalid", "true");
  // The mark stands under the letters that it is about.
  const [wrong, box] = await Promise.all([page.locator(".equation-wrong").boundingBox(), equation(page).boundingBox()]);
  expect(wrong.x).toBeGreaterThan(box.x + 20);
  expect(wrong.y).toBeGreaterThanOrEqual(box.y);
  await page.getByRole("button", { name: "Write Birth_rate" }).click();
  await expect(equation(page)).toHaveValue("2 * Birth_rate");
  await expect(page.locator("#equation-fault")).toBeEmpty();
  await page.keyboard.type(" +");
  await expect(page.locator("#equation-fault")).toHaveText("Here should be a value, and there is the end");
});

test("an equation follows a name, and undo takes both back", async ({ page }) => {
  await variable(page, "Birth rate", A);
  await variable(page, "Births", B);
  await edit(page, B);
  await page.keyboard.type("Birth_rate * 3");
  await page.keyboard.press("Enter");
  await click(page, A);
  await page.keyboard.press("F2");
  await page.keyboard.press("Control+a");
  await name(page, "Geburten je Kopf");
  await edit(page, B);
  await expect(equation(page)).toHaveValue("Geburten_je_Kopf * 3");
  await canvas(page).focus();
  await page.keyboard.press("Control+z");
  await expect(equation(page)).toHaveValue("Birth_rate * 3");
  expect((await inFile(page, "Birth rate")).name).toBe("Birth rate");
});

test("missing and unused arrows are offered with their signs", async ({ page }) => {
  await variable(page, "Cause", A);
  await variable(page, "Effect", B);
  await variable(page, "Other", C);
  await drag(page, rim(C), B);
  await page.keyboard.press("Escape");
  await edit(page, B);
  await page.keyboard.type("10 - 2 * Cause");
  await page.keyboard.press("Enter");
  const differences = page.getByRole("list", { name: "Equation and arrows disagree" });
  await expect(differences.getByRole("listitem")).toHaveText([/No link yet: Cause → Effect/, /Not in the equation: Other → Effect/]);
  await differences.getByRole("button", { name: "Add it, \u2212" }).click();
  await differences.getByRole("button", { name: "Remove" }).click();
  await expect(differences).toHaveCount(0);
  const { links } = await document(page);
  expect(links).toHaveLength(1);
  expect(links[0].polarity).toBe("-");
});

test("a table is dragged, moved by keys, typed and pasted", async ({ page }) => {
  await variable(page, "Effect of crowding", A);
  await edit(page, A);
  await panel(page).getByRole("button", { name: "Table", exact: true }).click();
  await panel(page).getByRole("button", { name: "Add a table" }).click();
  await expect(plot(page).getByRole("slider")).toHaveCount(3);
  await expect(plot(page).getByRole("slider").first()).toBeFocused();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("ArrowUp");
  const fields = panel(page).getByRole("group", { name: "Points" });
  await expect(fields.getByLabel("y of point 2")).not.toHaveValue("0.5");
  await plot(page).scrollIntoViewIfNeeded();
  const point = await plot(page).getByRole("slider").last().boundingBox();
  const box = await plot(page).boundingBox();
  await page.mouse.move(point.x + point.width / 2, point.y + point.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.5, { steps: 5 });
  await page.mouse.up();
  await expect(fields.getByLabel("y of point 3")).toHaveValue(/^0\.(49|5\d?)$/);
  await fields.getByLabel("x of point 3").fill("2,5");
  await fields.getByLabel("x of point 3").press("Enter");
  await expect(fields.getByLabel("x of point 3")).toHaveValue("2.5");
  await panel(page).getByRole("button", { name: "Add a point" }).click();
  await expect(plot(page).getByRole("slider")).toHaveCount(4);
  await page.keyboard.press("Delete");
  await expect(plot(page).getByRole("slider")).toHaveCount(3);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text", "Zeit;Wert\n0;1,5\n10;2\n20;-3,25\n30;4");
    globalThis.document.querySelector(".table-paste").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(plot(page).getByRole("slider")).toHaveCount(4);
  const { table } = await inFile(page, "Effect of crowding");
  expect(table.points).toEqual([[0, 1.5], [10, 2], [20, -3.25], [30, 4]]);
  await panel(page).getByLabel("Kind of table").selectOption({ label: "Steps" });
  expect((await inFile(page, "Effect of crowding")).table.kind).toBe("steps");
});

test("units, range, limit, kind and note are kept", async ({ page }) => {
  await variable(page, "Births", A);
  await edit(page, A);
  await panel(page).getByLabel("Kind of variable").selectOption({ label: "Rate (flow)" });
  await panel(page).getByLabel("Units", { exact: true }).fill("people/week");
  await panel(page).getByLabel("Least value expected").fill("0");
  await panel(page).getByLabel("Greatest value expected").fill("2,5");
  await panel(page).getByLabel("Never below 0").check();
  await panel(page).getByLabel("Note").fill("Counted at the door");
  await panel(page).getByLabel("Note").blur();
  const births = await inFile(page, "Births");
  expect(births).toMatchObject({ kind: "rate", units: "people/week", range: { least: 0, most: 2.5 }, nonNegative: true, remark: "Counted at the door" });
  await expect(panel(page).getByText("Equation, per unit of time")).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    for (const width of [360, 1280]) {
      test(`everything open is clean at ${width} px`, async ({ page }, info) => {
        await variable(page, "Überlastung der Menschen", A);
        await variable(page, "وقت الانتظار", B);
        await variable(page, "Cause", C);
        await edit(page, B);
        await page.keyboard.type("\"Überlastung der Menschen\" * 2 + Caus");
        await panel(page).getByRole("button", { name: "Table", exact: true }).click();
        await panel(page).getByRole("button", { name: "Add a table" }).click();
        await page.setViewportSize({ width, height: 800 });
        await equation(page).focus();
        await page.keyboard.press("End");
        await clean(page);
        await page.keyboard.press("Backspace");
        await page.keyboard.type("s");
        await expect(offers(page)).not.toHaveCount(0);
        await clean(page);
        await page.screenshot({ path: info.outputPath(`equation-${colorScheme}-${width}.png`) });
        await page.keyboard.press("Escape");
        await plot(page).scrollIntoViewIfNeeded();
        await page.screenshot({ path: info.outputPath(`table-${colorScheme}-${width}.png`) });
      });
    }
  });
}
