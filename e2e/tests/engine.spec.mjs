// Where a browser does not run the module of a model, the interpreter does, to the same bits.

import { expect, test } from "@playwright/test";

import { downloaded } from "../page.mjs";
import { chart, fold, limits, panel } from "../run.mjs";

/** What a browser may do with the module of a model; each counts how often it did. */
const BROWSERS = {
  "refuses to compile": `{
    const Module = WebAssembly.Module;
    WebAssembly.Module = new Proxy(Module, {
      construct() { self.counted += 1; throw new WebAssembly.CompileError("refused"); },
    });
  }`,
  "refuses an instance": `{
    const Instance = WebAssembly.Instance;
    WebAssembly.Instance = new Proxy(Instance, {
      construct() { self.counted += 1; throw new RangeError("no memory"); },
    });
  }`,
  "stops in the middle": `{
    const Instance = WebAssembly.Instance;
    WebAssembly.Instance = new Proxy(Instance, {
      construct(target, parameters) {
        const { exports } = Reflect.construct(target, parameters);
        let calls = 0;
        const run = (...steps) => {
          calls += 1;
          if (calls === 2) { self.counted += 1; throw new WebAssembly.RuntimeError("unreachable"); }
          return exports.run(...steps);
        };
        return { exports: { run } };
      },
    });
  }`,
  "runs it": `{
    const Instance = WebAssembly.Instance;
    WebAssembly.Instance = new Proxy(Instance, {
      construct(target, parameters) { self.counted += 1; return Reflect.construct(target, parameters); },
    });
  }`,
};

/** A step that is so small that a module is worth its making. */
const fine = (text) => text.replace(/"step": ?[\d.]+/, '"step":0.001').replace('"run":{', '"run":{"saveEvery":0.5,');

/** The rows of the run, as a file has them, in a browser of this kind. */
async function rows(page, code) {
  await page.route(/worker-[^/]*\.js/, async (route) => {
    const response = await route.fetch();
    const body = `self.counted = 0;\n${code}\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await limits(page, fine);
  await expect(panel(page).locator(".run-facts")).toContainText("in 60,000 steps");
  const button = panel(page).getByRole("button", { name: "Export values" });
  const { bytes } = await downloaded(page, () => button.click());
  const counted = await page.workers()[0].evaluate(() => self.counted);
  return { text: bytes.toString("utf8"), counted };
}

test("every browser gives the same rows, and the worker lives on", async ({ context }) => {
  test.setTimeout(120_000);
  let first = null;
  for (const [name, code] of Object.entries(BROWSERS)) {
    await test.step(name, async () => {
      const page = await context.newPage();
      const { text, counted } = await rows(page, code);
      expect(counted, name).toBeGreaterThan(0);
      first ??= text;
      expect(text.split("\n").length).toBe(123);
      expect(text === first, name).toBe(true);
      // It answers what else is asked: another run, and many.
      await panel(page).getByLabel("Value of Market").fill("500");
      await page.keyboard.press("Enter");
      await expect(chart(page)).toHaveAttribute("alt", /What you try/);
      await fold(page, "spread").click();
      await panel(page).getByRole("checkbox", { name: "Market" }).check();
      await panel(page).getByLabel("How many").selectOption("100 runs");
      await panel(page).getByRole("button", { name: "Run 100 times" }).click();
      await expect(panel(page)).toContainText("with the seed 0", { timeout: 60_000 });
      await page.close();
    });
  }
});
