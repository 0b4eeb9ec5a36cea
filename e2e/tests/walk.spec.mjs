// Walks with the keyboard, as a screen reader tells them: docs/accessibility.md has them as tables, and each row is done
// and compared. LOOPSTREAM_RENEW=1 writes the tables anew.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect, test } from "@playwright/test";

import { ready } from "../page.mjs";

const PAGE = fileURLToPath(new URL("../../docs/accessibility.md", import.meta.url));
const RENEW = process.env.LOOPSTREAM_RENEW === "1";
const text = await readFile(PAGE, "utf8");

/** The sections with a table: the heading, and the cells of each row. */
function walks() {
  const sections = text.split(/^## /m).slice(1);
  return sections.map((section) => {
    const [heading] = section.split("\n", 1);
    const lines = section.split("\n").filter((line) => line.startsWith("| ") && !/^\| (keys|---) /.test(line));
    const rows = lines.map((line) => {
      const [keys, heard, focus] = line.slice(1, -1).split("|").map((cell) => cell.trim());
      return { line, keys, heard, focus };
    });
    const goesOn = /^The walk goes on\b/m.test(section);
    return { heading, goesOn, inOpened: /^The walk goes on, in the window that has opened\./m.test(section), rows };
  });
}

/** What is typed and pressed: keys are in backticks, the rest are letters. */
async function press(page, keys) {
  for (const part of keys.split(/(`[^`]+`)/).map((part) => part.trim())) {
    if (part.startsWith("`")) await page.keyboard.press(part.slice(1, -1));
    else if (part) await page.keyboard.type(part);
  }
}

/** In the page, before its own scripts: `window.heard` has what live regions say. */
function hear() {
  window.heard = [];
  const told = ({ target, addedNodes }) => {
    const region = (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest?.("[aria-live]");
    if (!region) return;
    const words = region.id === "said" ? region.textContent : [...addedNodes].map((node) => node.textContent).join(" ");
    if (words.trim() && window.heard.at(-1) !== words.trim()) window.heard.push(words.trim());
  };
  new MutationObserver((changes) => changes.forEach(told))
    .observe(document, { subtree: true, childList: true, characterData: true });
}

/** The role and the name of what has the focus, from the browser's accessibility tree. */
async function focused(session) {
  const { result } = await session.send("Runtime.evaluate", { expression: "document.activeElement" });
  const asked = { objectId: result.objectId, fetchRelatives: false };
  const { nodes: [{ role, name, value }] } = await session.send("Accessibility.getPartialAXTree", asked);
  const written = value?.value ? `, ${value.value}` : "";
  return `${role?.value} “${name?.value ?? ""}”${written}`;
}

for (const [place, walk] of walks().entries()) {
  if (walk.goesOn) continue;
  const following = walks().slice(place + 1);
  const end = following.findIndex((next) => !next.goesOn);
  const parts = [walk, ...following.slice(0, end === -1 ? undefined : end)];
  test(parts.map((part) => part.heading).join("; "), async ({ page }) => {
    await page.addInitScript(hear);
    await page.goto("./");
    await ready(page);
    const first = await windowOf(page);
    const opened = page.waitForEvent("popup").then(openedWindow, () => undefined);
    for (const part of parts) {
      await test.step(part.heading, async () => {
        const { page, session } = part.inOpened ? await opened : first;
        for (const row of part.rows) {
          await page.evaluate(() => window.heard.splice(0));
          await press(page, row.keys);
          const now = async () => ({
            heard: (await page.evaluate(() => window.heard)).join(" · "),
            focus: await focused(session),
          });
          if (RENEW) {
            await page.waitForTimeout(800);
            await renew(row, await now());
          } else {
            await expect.poll(now, { message: row.keys }).toEqual({ heard: row.heard, focus: row.focus });
          }
        }
      });
    }
  });
}

/** A window that a page has opened, whose live regions are heard from now on. */
async function openedWindow(page) {
  await page.waitForLoadState();
  // It has heard of the presentation, so that keys lead it.
  await expect(page.getByRole("main")).toContainText("1 of 2");
  await page.evaluate(hear);
  return windowOf(page);
}

/** A window, with what reads its accessibility tree. */
async function windowOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Accessibility.enable");
  return { page, session };
}

/** Writes what is heard into the row. */
async function renew({ line, keys }, { heard, focus }) {
  const page = await readFile(PAGE, "utf8");
  await writeFile(PAGE, page.replace(line, `| ${keys} | ${heard} | ${focus} |`));
}
