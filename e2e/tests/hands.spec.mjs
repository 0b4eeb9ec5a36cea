// Hands on other keyboards, input methods, and what one press of undo takes back.

import { expect, test } from "@playwright/test";

import { A, B, canvas, document, drag, field, link, loops, loopsPanel, open, outline, rim, variable } from "../page.mjs";

/** A key as a keyboard of another country gives it, through the browser itself. */
async function press(page, key, code, { ctrl = false, shift = false, number } = {}) {
  const session = await page.context().newCDPSession(page);
  const event = {
    key,
    code,
    modifiers: (ctrl ? 2 : 0) + (shift ? 8 : 0),
    windowsVirtualKeyCode: number ?? code.replace("Key", "").charCodeAt(0),
  };
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  await session.detach();
}

/** A paste of the browser, as from its menu. */
const paste = (page, text) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    window.document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

const names = async (page) => ((await document(page)).variables ?? []).map((one) => one.name).sort();

test.describe("keyboards without Latin letters", () => {
  for (const [layout, undo, redo, palette, delay] of [
    ["Russian", "я", "Я", "л", "в"],
    ["Greek", "ζ", "Ζ", "κ", "δ"],
    ["Hebrew", "ז", "ז", "ל", "ג"],
    ["Arabic", "ئ", "~", "ن", "ي"],
    ["Korean", "ㅋ", "ㅋ", "ㅏ", "ㅇ"],
    ["Japanese kana", "つ", "っ", "の", "し"],
  ]) {
    test(layout, async ({ page }) => {
      await open(page);
      await variable(page, "one", A);
      await variable(page, "two", B);
      await link(page, A, B);
      await press(page, delay, "KeyD");
      expect((await document(page)).links[0].delayed).toBe(true);
      await press(page, undo, "KeyZ", { ctrl: true });
      expect((await document(page)).links[0].delayed ?? false).toBe(false);
      if (redo !== "~") {
        await press(page, redo, "KeyZ", { ctrl: true, shift: true });
        expect((await document(page)).links[0].delayed).toBe(true);
      }
      await press(page, palette, "KeyK", { ctrl: true });
      await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
    });
  }

  test("where a key has a Latin letter, the letter counts", async ({ page }) => {
    await open(page);
    await variable(page, "one", A);
    // Undo of the United States by place: on a French keyboard a w, on Dvorak a semicolon.
    await press(page, "w", "KeyZ", { ctrl: true });
    await press(page, ";", "KeyZ", { ctrl: true });
    expect(await names(page)).toEqual(["one"]);
    await press(page, "z", "KeyW", { ctrl: true });
    expect(await names(page)).toEqual([]);
  });

  test("saving while a name is typed works on a Russian keyboard", async ({ page }) => {
    await open(page);
    await variable(page, "one", A);
    await page.keyboard.press("Enter");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("два");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      press(page, "ы", "KeyS", { ctrl: true }),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.loopstream\.json$/);
    expect(await names(page)).toEqual(["два"]);
  });
});

test.describe("the Enter of an input method", () => {
  /** Safari tells of it after the composition, with this number; other browsers during it. */
  const confirm = (page) => press(page, "Enter", "Enter", { number: 229 });

  test("takes the word, and the next Enter keeps the name", async ({ page }) => {
    await open(page);
    await page.keyboard.press("Enter");
    await expect(field(page)).toBeFocused();
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "しごと", selectionStart: 3, selectionEnd: 3 });
    await session.send("Input.insertText", { text: "仕事" });
    await confirm(page);
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue("仕事");
    await page.keyboard.type("量");
    await page.keyboard.press("Enter");
    await expect(field(page)).toHaveCount(0);
    expect(await names(page)).toEqual(["仕事量"]);
  });

  test("an Escape of it gives up the word, not the name", async ({ page }) => {
    await open(page);
    await page.keyboard.press("Enter");
    await page.keyboard.type("work");
    await press(page, "Escape", "Escape", { number: 229 });
    await expect(field(page)).toBeFocused();
    await page.keyboard.press("Enter");
    expect(await names(page)).toEqual(["work"]);
  });

  test("leaves the title, the palette and dialogs as they are", async ({ page }) => {
    await open(page);
    const title = page.getByLabel("Title of the diagram");
    await title.fill("仕事");
    await confirm(page);
    await expect(title).toBeFocused();
    await press(page, "Escape", "Escape", { number: 229 });
    await expect(title).toHaveValue("仕事");
    await page.keyboard.press("Enter");
    await expect(canvas(page)).toBeFocused();
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Commands" });
    await page.keyboard.type("zoom in");
    await confirm(page);
    await press(page, "Escape", "Escape", { number: 229 });
    await expect(palette).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(palette).toHaveCount(0);
    await expect(page.locator(".zoom-value")).toHaveText("125 %");
  });

  test("a step's name is kept once, and the next step follows once", async ({ page }) => {
    await open(page);
    await page.keyboard.press("Shift+P");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("検査");
    await confirm(page);
    await expect(field(page)).toHaveValue("検査");
    await page.keyboard.press("Enter");
    await expect(field(page)).toHaveValue("");
    await page.keyboard.press("Escape");
    expect((await document(page)).stations.map((one) => one.name)).toEqual(["検査"]);
  });
});

test.describe("one paste is one step", () => {
  for (const [format, text] of Object.entries({
    Mermaid: "flowchart LR\n  a[rumours] -->|+| b[fear]\n  b -->|-| a\n",
    DOT: 'digraph { rumours -> fear [label="+"]; fear -> rumours [label="-"] }',
    "a list of links": "from,to,polarity\nrumours,fear,+\nfear,rumours,-\n",
    "a blueprint of Kumu":
      '{"elements": [{"label": "rumours"}, {"label": "fear"}], "connections": [{"from": "rumours", "to": "fear", "type": "+"}, {"from": "fear", "to": "rumours", "type": "-"}]}',
    "SD-JSON":
      '{"variables": [{"name": "rumours", "type": "variable"}, {"name": "fear", "type": "variable"}], "relationships": [{"from": "rumours", "to": "fear", "polarity": "+"}, {"from": "fear", "to": "rumours", "polarity": "-"}]}',
  })) {
    for (const motion of ["no-preference", "reduce"]) {
      test(`${format}, motion ${motion}`, async ({ page }) => {
        await page.emulateMedia({ reducedMotion: motion });
        await open(page);
        await variable(page, "mine", A);
        const before = await document(page);
        await paste(page, text);
        await expect(page.locator("#said")).toHaveText("Arranged");
        const pasted = await document(page);
        expect(pasted.variables).toHaveLength(3);
        expect(pasted.links).toHaveLength(2);
        const mine = ({ variables }) => variables.find((one) => one.name === "mine");
        expect(mine(pasted)).toEqual(mine(before));
        await page.keyboard.press("Control+z");
        const undone = await document(page);
        expect(undone.variables).toEqual(before.variables);
        expect(undone.links ?? []).toEqual([]);
        await page.keyboard.press("Control+Shift+z");
        expect(await document(page)).toEqual(pasted);
      });
    }
  }

  test("undo at once, while it is still being arranged", async ({ page }) => {
    await open(page);
    await variable(page, "mine", A);
    const before = await document(page);
    await paste(page, "flowchart LR\n  a --> b\n  b --> c\n  c --> d\n");
    await expect(canvas(page)).toHaveAttribute("aria-label", /5 variables/);
    await page.keyboard.press("Control+z");
    await expect(canvas(page)).toHaveAttribute("aria-label", /1 variable and 0 links/);
    expect((await document(page)).variables).toEqual(before.variables);
  });

  test("a single variable that is pasted moves nothing else", async ({ page }) => {
    await open(page);
    await variable(page, "mine", A);
    await variable(page, "other", B);
    const before = (await document(page)).variables;
    await paste(page, "flowchart LR\n  a[alone]\n");
    await expect(canvas(page)).toHaveAttribute("aria-label", /3 variables/);
    await expect(page.locator(".progress")).toHaveCount(0);
    const after = (await document(page)).variables.filter((one) => one.name !== "alone");
    expect(after).toEqual(before);
    await page.keyboard.press("Control+z");
    expect((await document(page)).variables).toEqual(before);
  });
});

test.describe("names that are read from right to left", () => {
  const HEBREW = "זמן המתנה, WIP.";

  /** How far the canvas is from what the browser writes in a direction at the place of a name. */
  const distance = (page, words, direction) =>
    canvas(page).evaluate(
      (canvas, { words, direction, at }) => {
        const size = { width: 220, height: 24 };
        const seen = canvas.getContext("2d").getImageData(at.x - 110, at.y - 12, size.width, size.height).data;
        const paper = Object.assign(window.document.createElement("canvas"), size);
        const context = paper.getContext("2d");
        const style = getComputedStyle(window.document.documentElement);
        const page = getComputedStyle(window.document.body);
        context.fillStyle = page.backgroundColor;
        context.fillRect(0, 0, size.width, size.height);
        context.fillStyle = page.color;
        context.font = `400 16px ${style.getPropertyValue("--font")}`;
        context.textAlign = "center";
        context.direction = direction;
        context.fillText(words, 110, 12 + 16 * 0.35);
        const drawn = context.getImageData(0, 0, size.width, size.height).data;
        let sum = 0;
        for (let at = 0; at < seen.length; at += 1) sum += Math.abs(seen[at] - drawn[at]);
        return sum / seen.length;
      },
      { words, direction, at: A },
    );

  test("stand on the canvas in their own order", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await open(page);
    await variable(page, HEBREW, A);
    await page.keyboard.press("Escape");
    await page.mouse.move(5, 700);
    await expect.poll(() => distance(page, HEBREW, "rtl")).toBeLessThan(1);
    expect(await distance(page, HEBREW, "ltr")).toBeGreaterThan(3);
  });

  test("a Latin name beside them keeps its own", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await open(page);
    await variable(page, HEBREW, B);
    await variable(page, "wait (בתור).", A);
    await page.keyboard.press("Escape");
    await page.mouse.move(5, 700);
    await expect.poll(() => distance(page, "wait (בתור).", "ltr")).toBeLessThan(1);
    expect(await distance(page, "wait (בתור).", "rtl")).toBeGreaterThan(3);
  });

  test("fields follow what is typed", async ({ page }) => {
    await open(page);
    const direction = (locator) => locator.evaluate((one) => getComputedStyle(one).direction);
    await page.keyboard.press("Enter");
    await page.keyboard.type("סיכון");
    expect(await direction(field(page))).toBe("rtl");
    await page.keyboard.press("Enter");
    const title = page.getByLabel("Title of the diagram");
    expect(await direction(title)).toBe("ltr");
    await title.fill("חשש");
    expect(await direction(title)).toBe("rtl");
    await title.fill("Fear");
    expect(await direction(title)).toBe("ltr");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Outline", exact: true }).click();
    await outline(page).locator(".outline-words", { hasText: "סיכון" }).click();
    expect(await direction(outline(page).getByRole("textbox", { name: "Words" }))).toBe("rtl");
    const fields = await page.locator("input, textarea").evaluateAll((all) => all.map((one) => one.getAttribute("dir")));
    expect(new Set(fields)).toEqual(new Set(["auto"]));
  });

  test("sentences keep their order around them", async ({ page }) => {
    await open(page);
    await variable(page, "סיכון", A);
    await variable(page, "fear", B);
    await link(page, A, B);
    await page.keyboard.press("+");
    await drag(page, rim(B), A);
    await page.keyboard.press("+");
    const sentence = loopsPanel(page).locator(".loop-sentence");
    await expect(sentence).toHaveText(/fear up → \u2068סיכון\u2069 up → fear up|\u2068סיכון\u2069 up → fear up → \u2068סיכון\u2069 up/);
    // The words of the sentence stand from left to right, as they are written.
    const places = await sentence.evaluate((one) => {
      const walker = window.document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      const node = walker.nextNode();
      const text = node.data;
      const left = (from, to) => {
        const range = window.document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        const box = range.getBoundingClientRect();
        return box.top * 10_000 + box.left;
      };
      return [...text.matchAll(/[A-Za-z]+|→/g)].map((found) => left(found.index, found.index + found[0].length));
    });
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places.length).toBeGreaterThan(5);
    await expect(loops(page)).toHaveCount(1);
  });
});
