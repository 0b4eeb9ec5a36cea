// A diagram of 5,000 elements: opened from a file, opened again from the storage, saved as a file,
// packed for a link.

import { diagram, drop } from "./diagram.mjs";

export const title = "Keeping: 5,000 elements opened, saved, packed for a link";

const RUNS = 9;
/** With twice as many links, 5,001 elements in all. */
const VARIABLES = 1_667;

export async function run({ url, fresh, repeat }) {
  const contents = diagram(VARIABLES);
  const runs = await repeat(RUNS, () => fresh((page) => once(page, url, contents)));
  const row = (what, key, unit = "ms") => ({ what, unit, values: runs.map((one) => one[key]) });
  return [
    row("opened from a file, with the panel of its loops", "opened"),
    row("opened again from the storage, from the start of navigation", "reopened"),
    row("saved as a file", "saved"),
    row("packed for a link", "packed"),
  ];
}

async function once(page, url, contents) {
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
  const opened = await timed(() => drop(page, contents));

  await page.reload();
  await page.locator(`#canvas[aria-label^="Diagram with ${VARIABLES.toLocaleString("en-GB")} variables"]`).waitFor();
  const reopened = await page.evaluate(() => performance.getEntriesByName("drawable")[0].startTime);

  const download = page.waitForEvent("download");
  const saved = await timed(async () => {
    await page.keyboard.press("Control+s");
    await download;
  });

  await page.getByRole("button", { name: "File", exact: true }).click();
  const entry = page.getByRole("menuitem", { name: "Share a link" });
  await entry.waitFor();
  const packed = await timed(async () => {
    await entry.click();
    await page.getByText("too large for a link").waitFor();
  });
  return { opened, reopened, saved, packed };
}

/** How long something takes, in ms, by the clock of the test. */
async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
