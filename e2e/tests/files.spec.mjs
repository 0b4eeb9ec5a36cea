// Files: saved, opened, dropped, exported as pictures, refused with one clear message.

import { truncate, writeFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import {
  A, choose, document, downloaded, drawRing, drop, fileChooser, fileText, loops, open, reload, toast, variable,
} from "../page.mjs";

test.beforeEach(async ({ page }) => open(page));

/** Opens a text as a file, through the browser's dialog. */
async function openFile(page, name, text) {
  const chooser = await fileChooser(page, () => choose(page, "File", "Open a file"));
  await chooser.setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

test("a saved file opens again, letter for letter the same", async ({ page }) => {
  await drawRing(page, ["+", "-", "?"]);
  await page.getByLabel("Title of the diagram").fill("Fear of deploying");
  await page.keyboard.press("Enter");
  const file = await downloaded(page, () => page.keyboard.press("Control+s"));
  expect(file.name).toBe("Fear-of-deploying.loopstream.json");
  await choose(page, "File", "New diagram");
  await expect(loops(page)).toHaveCount(0);
  await openFile(page, file.name, file.bytes.toString("utf8"));
  await expect(loops(page).locator(".loop-code")).toHaveText("?1");
  await expect(page).toHaveTitle("Fear of deploying – Loopstream");
  expect(await fileText(page)).toBe(file.bytes.toString("utf8"));
});

test("a file without a title takes that of its name", async ({ page }) => {
  await openFile(page, "late-staffing.json", '{"format":"loopstream","version":1,"title":"","variables":[{"id":"a","name":"one","x":0,"y":0}]}');
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("late staffing");
});

test("a file that is saved in the middle of a word has the word", async ({ page }) => {
  await page.mouse.dblclick(400, 300);
  await page.keyboard.type("half a th");
  expect((await document(page)).variables[0].name).toBe("half a th");
  await page.getByLabel("Title of the diagram").pressSequentially("Half");
  expect((await document(page)).title).toBe("Half");
});

test("the SVG picture is whole and can be shown as an image", async ({ page }) => {
  await drawRing(page);
  const { name, bytes } = await downloaded(page, () => choose(page, "File", "Export SVG"));
  expect(name).toBe("diagram.svg");
  const svg = bytes.toString("utf8");
  for (const word of ["batch size", "risk", "fear", "R1"]) expect(svg).toContain(word);
  const { width, height, colours } = await look(page, svg, "image/svg+xml");
  expect(width).toBeGreaterThan(300);
  expect(height).toBeGreaterThan(300);
  expect(colours).toContain("184,74,0");
});

test("the PNG picture shows what the canvas shows", async ({ page }) => {
  await drawRing(page);
  const { name, bytes } = await downloaded(page, () => choose(page, "File", "Export PNG"));
  expect(name).toBe("diagram.png");
  const picture = await look(page, bytes.toString("base64"), "image/png");
  // Twice the size of the diagram on the screen, with paper around it.
  expect(picture.width).toBeGreaterThan(800);
  expect(picture.height).toBeGreaterThan(800);
  const canvas = await page.locator("#canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = {};
    for (let at = 0; at < data.length; at += 4) {
      const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
      seen[colour] = (seen[colour] ?? 0) + 1;
    }
    return seen;
  });
  // Paper, ink, and the warm colour of a reinforcing loop, in both.
  for (const colour of ["252,251,248", "29,33,41", "184,74,0"]) {
    expect(picture.colours, colour).toContain(colour);
    expect(canvas[colour], colour).toBeGreaterThan(20);
  }
});

test("an empty diagram gives no picture, and says so", async ({ page }) => {
  for (const kind of ["PNG", "SVG"]) {
    await choose(page, "File", `Export ${kind}`);
    await expect(toast(page, "There is nothing to export yet.")).toBeVisible();
    await page.getByRole("button", { name: "Close this message" }).click();
    await expect(page.locator(".toast")).toHaveCount(0);
  }
});

test("a file dropped on the page opens as a diagram of its own", async ({ page }) => {
  await variable(page, "mine", A);
  await drop(page, {
    file: {
      name: "dropped.loopstream.json",
      text: '{"format":"loopstream","version":1,"title":"Dropped","variables":[{"id":"a","name":"theirs","x":0,"y":0}],"links":[{"id":"l","from":"a","to":"a","polarity":"+"}]}',
    },
  });
  await expect(page).toHaveTitle("Dropped – Loopstream");
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(2);
});

for (const [what, name, text, message] of [
  ["broken JSON", "broken.json", '{"format": "loopstream", "version": 1, "title": "x", "variables": [', /broken\.json was not opened: .*line 1/],
  ["a link to nothing", "dangling.json", '{"format":"loopstream","version":1,"title":"","links":[{"id":"l","from":"a","to":"b","polarity":"+"}]}', /dangling\.json was not opened: .*links\[0\]/],
  ["a field nobody knows", "strange.json", '{"format":"loopstream","version":1,"title":"","colour":"red"}', /strange\.json was not opened: .*colour/],
  ["another program's JSON", "other.json", '{"nodes": [], "edges": []}', /other\.json was not opened: .*JSON of another program/],
  ["plain words", "letter.txt", "Dear all,\nplease find attached", /letter\.txt was not opened/],
  ["a file of a newer Loopstream", "newer.json", '{"format":"loopstream","version":99,"title":"","hyperlinks":[]}', /newer\.json was not opened: .*newer/],
]) {
  test(`${what}: one clear message, and the open diagram stays`, async ({ page }) => {
    await drawRing(page);
    const before = await fileText(page);
    await openFile(page, name, text);
    await expect(page.locator(".toast")).toHaveCount(1);
    await expect(toast(page, message)).toBeVisible();
    expect(await fileText(page)).toBe(before);
    await page.getByRole("button", { name: "Close this message" }).click();
    await expect(page.locator(".toast")).toHaveCount(0);
  });
}

test("the message is of the file that was opened last", async ({ page }) => {
  await openFile(page, "one.csv", "from,to,sign\na,b,+\n");
  await expect(toast(page, "2 variables and 1 link")).toBeVisible();
  await openFile(page, "two.csv", "from,to,sign\na,b,+\nb,c,-\n");
  await expect(toast(page, "3 variables and 2 links")).toBeVisible();
  await expect(page.locator(".toast")).toHaveCount(1);
  await openFile(page, "letter.txt", "Dear all,\nplease find attached");
  await expect(toast(page, "letter.txt was not opened")).toBeVisible();
});

test("what has no places is arranged also right after another diagram was open", async ({ page }) => {
  await drawRing(page);
  await reload(page);
  // A chain: it stands in a row once it is arranged, and on a circle before.
  const rows = Array.from({ length: 9 }, (_, number) => `v${number},v${number + 1},+`);
  await openFile(page, "chain.csv", `from,to,sign\n${rows.join("\n")}\n`);
  await expect(page.getByText("Arranged", { exact: true })).toBeAttached();
  const places = (await document(page)).variables.map((one) => one.position ?? [one.x, one.y]);
  const circle = places.map(([x, y]) => Math.round(Math.hypot(x, y)));
  expect(new Set(circle).size).toBeGreaterThan(2);
});

test("a file that is too large is refused before it is read", async ({ page }, testInfo) => {
  await variable(page, "mine", A);
  // A file of nothing but zeroes, which takes no room on the disk.
  const path = testInfo.outputPath("huge.json");
  await writeFile(path, "");
  await truncate(path, 50_000_000);
  const chooser = await fileChooser(page, () => choose(page, "File", "Open a file"));
  await chooser.setFiles(path);
  await expect(toast(page, /huge\.json was not opened: it has 50 MB; at most \d+ MB can be read/)).toBeVisible();
  expect((await document(page)).variables).toHaveLength(1);

  // Likewise where a table is asked for.
  await page.getByRole("button", { name: "Close this message" }).click();
  await choose(page, "File", "Import measurements…");
  const table = await fileChooser(page, () => page.getByRole("dialog").getByRole("button", { name: "Choose a file" }).click());
  await table.setFiles(path);
  await expect(toast(page, /huge\.json was not opened: it has 50 MB/)).toBeVisible();
});

test("text that cannot be opened is told in the dialog, and stays there to be mended", async ({ page }) => {
  await choose(page, "File", "Import from text or link…");
  const dialog = page.getByRole("dialog", { name: "Import from text or link" });
  await dialog.getByLabel("Text or link", { exact: true }).fill("nonsense");
  await dialog.getByRole("button", { name: "Open" }).click();
  await expect(toast(page, /was not opened/)).toBeVisible();
  await expect(dialog.getByLabel("Text or link", { exact: true })).toHaveValue("nonsense");
  await page.getByRole("button", { name: "Close this message" }).click();
  await expect(page.locator(".toast")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

/** A picture as an image of the page shows it: its size, and its colours. */
function look(page, source, type) {
  return page.evaluate(
    async ({ source, type }) => {
      const image = new Image();
      image.src = type === "image/png" ? `data:${type};base64,${source}` : URL.createObjectURL(new Blob([source], { type }));
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const colours = new Set();
      for (let at = 0; at < data.length; at += 4) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
      return { width: canvas.width, height: canvas.height, colours: [...colours] };
    },
    { source, type },
  );
}
