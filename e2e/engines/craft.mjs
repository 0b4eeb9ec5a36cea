// The craft of drawing, in every engine: names, menus, frames, comments, finding, colours, the sheet
// of measures, and the picture before it is exported.

import assert from "node:assert/strict";

import { A, B } from "./app.mjs";

/** The tests of the craft; `smoke` makes a test of one and gives it the page. */
export function craft(smoke) {
  smoke("letters on a selected variable write its name, and a right click opens a menu", async (page) => {
    await page.variable("risk", A);
    await page.press("h");
    await page.fieldOpens();
    await page.type("azard");
    await page.press("Enter");
    await page.gone(".text-field");
    assert.deepEqual((await page.document()).variables.map((one) => one.name), ["hazard"]);
    await page.run(({ x, y }) => {
      const about = { clientX: x, clientY: y, button: 2, bubbles: true, cancelable: true };
      document.querySelector("#canvas").dispatchEvent(new MouseEvent("contextmenu", about));
    }, await page.onPage(A));
    await page.shows("[role=menu]", "Delete");
    await page.press("Escape");
    await page.gone("[role=menu]");
  });

  smoke("a frame is drawn out and titled", async (page) => {
    await page.focusCanvas();
    await page.press("f");
    await page.drag(await page.onPage(A), await page.onPage({ x: A.x + 280, y: A.y + 200 }));
    await page.until("the title has the focus", () => document.activeElement?.ariaLabel === "Title of the frame");
    await page.type("Before the release");
    await page.press("Enter");
    await page.gone(".text-field");
    const [frame] = (await page.document()).frames;
    assert.deepEqual([frame.title, frame.width, frame.height], ["Before the release", 280, 200]);
  });

  smoke("a comment is written and resolved", async (page) => {
    await page.variable("risk", A);
    await page.press("Alt+Shift+C");
    await page.until("the field for a comment has the focus", () => document.activeElement?.id === "comment-new");
    await page.type("Of what?");
    await page.press("Control+Enter");
    await page.shows("#side", "Of what?");
    await page.pressButton("Resolve");
    await page.shows("#side", "No open comments.");
    assert.deepEqual((await page.document()).comments.map((one) => [one.text, one.resolved]), [["Of what?", true]]);
  });

  smoke("what is found on the canvas is replaced", async (page) => {
    await page.drawRing();
    await page.press("Control+h");
    await page.until("the field has the focus", () => document.activeElement?.id === "find");
    await page.type("risk");
    await page.shows(".find-count", "1 found");
    await page.run(() => document.querySelector("#replace-with").focus());
    await page.type("hazard");
    await page.pressButton("Replace all");
    await page.shows(".toast", "Replaced in");
    const names = (await page.document()).variables.map((one) => one.name).sort();
    assert.deepEqual(names, ["batch size", "fear", "hazard"]);
  });

  smoke("a variable has a colour", async (page) => {
    await page.variable("risk", B);
    await page.until("the bar of the variable is there", () => document.querySelector(".context-bar [aria-label=Style]"));
    // A press so soon after the double-click that made the variable belongs to that.
    await page.run(() => document.querySelector(".context-bar [aria-label=Style]").click());
    await page.until("the panel is open", () => document.querySelector("[role=dialog][aria-label=Style]"));
    await page.pressButton("Colour: red");
    assert.equal((await page.document()).variables[0].colour, "red");
  });

  smoke("measures are typed from cell to cell", async (page) => {
    await page.openTemplate("Feature");
    await page.until("the sheet is there", () => document.querySelector("[aria-label='Test: process time']"));
    await page.run(() => {
      const cell = document.querySelector("[aria-label='Test: process time']");
      cell.focus();
      cell.select();
    });
    await page.type("3 h");
    await page.press("Tab");
    await page.until("the next cell has the focus", () => document.activeElement?.ariaLabel === "Test: waiting time");
    // The worker says what follows.
    await page.shows(".headline", "Review");
    const { stations } = await page.document();
    const { processTime } = stations.find((one) => one.name === "Test").measures;
    assert.equal(JSON.stringify(processTime).includes("3"), true, JSON.stringify(processTime));
  });

  smoke("a picture is seen before it is exported", async (page) => {
    await page.variable("risk", A);
    await page.choose("File", "Export…");
    await page.until("the picture is seen", () => {
      const picture = document.querySelector("[alt='The picture as it will be']");
      return picture?.complete && picture.naturalWidth > 20;
    });
  });
}
