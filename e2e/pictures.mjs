// The pictures of the documents, taken from the app: run by ./dev pictures, on the build in dist/.
//
//   node e2e/pictures.mjs [NAME]       all, or those with NAME in their file's name
//
// Each is what a person sees after the steps below, so a picture can be taken anew whenever the app
// has changed. The window has the size of the picture.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium, expect } from "@playwright/test";

import { contextOptions, launchOptions } from "./browser.mjs";
import {
  choose, click, dragAndHold, drop, fixture, loops, open, outline, ready, rim, saved, variable,
} from "./page.mjs";
import { startRelay } from "./relays.mjs";
import { bringIn, dialog, invite, join as joinRoom, openDialog, openDirectRoom, openRoom, peopleButton } from "./rooms.mjs";
import { serve } from "./server.mjs";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const base = process.env.LOOPSTREAM_BASE ?? "/loopstream/";

const WHOLE = { width: 1280, height: 800 };
const SMALL = { width: 900, height: 520 };

/** Opens a template by its title, and waits until it is shown and kept. */
async function template(page, title) {
  await open(page);
  await choose(page, "File", "Open a template");
  await page.locator(".template").filter({ has: page.getByText(title, { exact: true }) }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
  await saved(page);
}

/** The template of a value stream, with what the worker says of it. */
async function feature(page) {
  await template(page, "Feature: idea to production");
  await expect(stream(page).locator(".headline")).toContainText("constraint");
}

/** A map with an improvement and an experiment, and the panel of its stream. */
async function experiment(page) {
  await open(page);
  await drop(page, { file: { name: "fixes.json", text: await readFile(fixture("experiment.json"), "utf8") } });
  await expect(stream(page).locator(".headline")).toContainText("constraint");
  await page.locator("#canvas").focus();
}

/** Somebody else, with a browser of their own. */
async function guest(page) {
  const context = await page.context().browser().newContext({ ...contextOptions, viewport: WHOLE });
  return context.newPage();
}

/** A room by a relay that is there as long as the pictures are taken. */
async function roomOf(page, name) {
  const relay = await startRelay("@y/websocket-server");
  relays.push(relay);
  return openRoom(page, relay, name);
}
const relays = [];

/** Puts the pointer where it points at nothing. */
const rest = (page) => page.mouse.move(600, 20);

const stream = (page) => page.getByRole("complementary", { name: "Value stream" });

/** Opens one of the parts of the stream's panel, at its top. */
async function part(page, id) {
  const head = page.locator(`#fold-${id}`);
  await head.click();
  await expect(head).toHaveAttribute("aria-expanded", "true");
  await head.evaluate((element) => element.scrollIntoView({ block: "start" }));
}

/** The panel of a stream with one of its parts open. */
const partOfStream = (file, id) => ({
  file,
  size: WHOLE,
  async show(page) {
    await feature(page);
    await part(page, id);
  },
  clip: stream,
});

const runPanel = (page) => page.getByRole("complementary", { name: "Run" });

/** One of the parts of the panel of runs, once it shows what it is about. */
const partOfRun = (file, title, id, shown) => ({
  file,
  // High enough for the whole panel, whose chart would stand before a part that is scrolled.
  size: { width: 1280, height: 1900 },
  async show(page) {
    await template(page, title);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator(`#fold-${id}`).click();
    await expect(shown(runPanel(page))).toBeVisible();
  },
  clip: (page) => runPanel(page).locator(".fold").filter({ has: page.locator(`#fold-${id}`) }),
});

const PICTURES = [
  {
    file: "loopstream.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await loops(page).filter({ hasText: "Growth engine" }).first().click();
    },
  },
  {
    file: "drawing.png",
    size: SMALL,
    async show(page) {
      await open(page);
      const [from, to] = [{ x: 250, y: 190 }, { x: 560, y: 260 }];
      await variable(page, "Interruptions", from);
      await page.keyboard.press("Escape");
      await dragAndHold(page, rim(from), to);
    },
    rest: async () => {},
  },
  {
    file: "outline.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await page.getByRole("button", { name: "Outline" }).click();
      await expect(outline(page)).toBeVisible();
    },
  },
  {
    file: "stream-map.png",
    size: WHOLE,
    show: feature,
  },
  partOfStream("stream-panel.png", "figures"),
  partOfStream("stream-limits.png", "sequence"),
  partOfStream("stream-missing.png", "missing"),
  partOfStream("stream-improvements.png", "what-if"),
  {
    file: "map-run.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Penny Fab Two");
      await page.keyboard.press("Alt+Shift+R");
      const bar = page.getByRole("group", { name: "Run of the map" });
      await expect(bar).toContainText("3 wait at Punch");
      await bar.getByLabel("Speed").selectOption("Fast");
      await expect(bar).toContainText(/ [4-9] done/, { timeout: 30_000 });
      await page.keyboard.press("Alt+k");
    },
  },
  {
    file: "map-run-panel.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Penny Fab Two");
      await page.keyboard.press("Shift+R");
      const run = runPanel(page);
      await run.getByRole("button", { name: "Run many times" }).click();
      await expect(run.getByText(/^Simulated: /)).toBeVisible({ timeout: 30_000 });
      await run.getByRole("table").first().evaluate((table) => table.scrollIntoView({ block: "start" }));
    },
  },
  {
    file: "improvement.png",
    size: WHOLE,
    async show(page) {
      await experiment(page);
      await page.locator("#fold-what-if").click();
      await stream(page).getByRole("button", { name: "Pair on tests", exact: true }).click();
      await expect(page.getByRole("group", { name: "Shown on the canvas" })).toContainText("Showing: Pair on tests");
      await stream(page).evaluate((panel) => panel.scrollTo(0, 0));
    },
  },
  {
    file: "experiment.png",
    size: WHOLE,
    async show(page) {
      await experiment(page);
      await page.keyboard.press("Shift+X");
      const panel = page.getByRole("complementary", { name: "Experiments", exact: true });
      await panel.getByRole("button", { name: /pair on tests for four weeks/ }).first().click();
      await expect(panel.locator(".experiment-said")).toContainText("lower by");
      await panel.locator(".experiment-said").evaluate((said) => said.scrollIntoView({ block: "end" }));
    },
  },
  {
    file: "run.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Growth and its limit");
      await page.getByRole("button", { name: "Run", exact: true }).click();
      const run = runPanel(page);
      await expect(run.locator(".run-head img.chart")).toBeVisible();
      await run.getByRole("checkbox", { name: "Twice the invitations" }).check();
      await run.locator("#fold-run-loops").click();
      await expect(run.locator(".run-loop").first()).toBeVisible();
      await run.getByRole("slider", { name: "Time" }).fill("330");
      await run.evaluate((panel) => panel.scrollTo(0, 0));
    },
  },
  {
    file: "first-model.png",
    size: WHOLE,
    async show(page) {
      await open(page);
      await variable(page, "Water", { x: 420, y: 300 });
      await page.keyboard.press("Alt+s");
      await page.keyboard.press("Alt+Shift+u");
      await page.keyboard.type("Filling");
      await page.keyboard.press("Enter");
      await click(page, { x: 420, y: 300 });
      await page.keyboard.press("Alt+Shift+o");
      await page.keyboard.type("Draining");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Alt+e");
      await page.keyboard.type("Water / MA");
      await expect(page.locator("#equation-offers [role=option]").first()).toBeVisible();
    },
  },
  partOfRun("run-loops.png", "Growth and its limit", "run-loops", (run) => run.locator(".run-loop").first()),
  {
    file: "measured-data.png",
    size: WHOLE,
    async show(page) {
      await open(page);
      await drop(page, { file: { name: "board.csv", text: await readFile(fixture("board.csv"), "utf8") } });
      await expect(page.getByText(/seems to be a table of work items/)).toBeVisible();
    },
  },
  {
    file: "play.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await page.locator("#canvas").focus();
      await page.keyboard.press("]");
      await page.keyboard.press("Alt+ArrowUp");
      await page.keyboard.press("Alt+k");
      for (let round = 0; round < 3; round += 1) await page.keyboard.press(".");
      await expect(page.locator(".play-round")).toContainText("Round 3");
    },
  },
  {
    file: "story.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await page.locator("#canvas").focus();
      await page.keyboard.press("Shift+T");
      await page.locator(".story-row").nth(2).click();
      await expect(page.getByRole("group", { name: "Step on the canvas" })).toBeVisible();
    },
  },
  {
    file: "retrospective.png",
    size: WHOLE,
    async show(page) {
      await open(page);
      await page.locator("#canvas").focus();
      await page.keyboard.press("Shift+E");
      const sheet = page.getByRole("complementary", { name: "Retrospective", exact: true });
      await sheet.getByRole("button", { name: "Start a retrospective" }).click();
      await sheet.locator("#retro-event").fill("Friday's release took payments down for 40 minutes");
      for (const fact of ["14:02 Deployment began", "14:05 Alarm: payments fail", "14:42 Rolled back"]) {
        await sheet.locator("#retro-what-new").fill(fact);
        await page.keyboard.press("Enter");
      }
      await sheet.locator("#retro-step-2").click();
      for (const name of ["Size of a release", "Trust in tests"]) {
        await sheet.locator("#retro-varied-new").fill(name);
        await page.keyboard.press("Enter");
      }
      await sheet.getByLabel("How Size of a release behaved").selectOption("rose");
      await sheet.getByLabel("How Trust in tests behaved").selectOption("fell");
      await sheet.getByRole("button", { name: "Put both on the canvas" }).click();
      await sheet.locator("#retro-step-3").click();
      const cause = async (effect, name, sign) => {
        const head = sheet.getByRole("button", { name: effect });
        if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
        const signs = sheet.locator(".retro-cause").getByRole("button", { name: sign, exact: true });
        const count = await signs.count();
        await sheet.locator("#retro-cause").fill(name);
        await page.keyboard.press("Enter");
        if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
        await expect(signs).toHaveCount(count + 1);
        await signs.last().click();
      };
      await cause(/^Size of a release/, "Fear of releasing", "Polarity plus");
      await cause(/^Fear of releasing/, "Trust in tests", "Polarity minus");
      await cause(/^Trust in tests/, "Failed releases", "Polarity minus");
      await cause(/^Failed releases/, "Size of a release", "Polarity plus");
      await page.locator("#canvas").focus();
      await page.keyboard.press("Escape");
      await page.keyboard.press("a");
      await expect(page.locator(".toast")).toContainText("rranged");
    },
  },
  {
    file: "present.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await page.locator("#canvas").focus();
      await page.keyboard.press("Control+Enter");
      for (let step = 1; step < 3; step += 1) await page.keyboard.press("ArrowRight");
      await expect(page.locator(".present-title")).toHaveText("The limit");
    },
  },
  {
    file: "together.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      const { edit } = await roomOf(page, "Ana");
      const [ben, cem] = [await guest(page), await guest(page)];
      await joinRoom(ben, edit, "Ben");
      await joinRoom(cem, edit, "Cem");
      await peopleButton(cem).click();
      await cem.getByRole("button", { name: "Raise hand" }).click();
      await cem.keyboard.press("Escape");
      await ben.locator("#canvas").focus();
      await ben.keyboard.press("]");
      await ben.mouse.move(520, 330);
      await cem.mouse.move(700, 470);
      await page.getByRole("button", { name: /^Loops/ }).click();
      await page.keyboard.press("Escape");
      await expect(peopleButton(page)).toContainText("B");
      await expect(page.getByRole("complementary", { name: "Loops" })).toHaveCount(0);
    },
  },
  {
    file: "together-vote.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await page.getByRole("button", { name: /^Loops/ }).click();
      const { edit } = await roomOf(page, "Ana");
      const [ben, cem] = [await guest(page), await guest(page)];
      await joinRoom(ben, edit, "Ben");
      await joinRoom(cem, edit, "Cem");
      await peopleButton(page).click();
      const list = page.getByRole("group", { name: "People here" });
      await list.getByLabel("A vote with dots: the question").fill("Where do we begin?");
      await list.getByRole("button", { name: "Start the vote" }).click();
      const chosen = [[page, "Bottleneck capacity", 2], [page, "Throughput", 1], [ben, "Bottleneck capacity", 3], [cem, "Bottleneck load", 2], [cem, "Bottleneck capacity", 1]];
      for (const [voter, name, dots] of chosen) {
        await expect(voter.getByRole("region", { name: "Vote" })).toContainText("dots left");
        await voter.locator("#canvas").focus();
        await voter.keyboard.press("Control+k");
        await voter.keyboard.type(name);
        await voter.keyboard.press("Enter");
        await expect(voter.locator("#canvas")).toBeFocused();
        for (let dot = 0; dot < dots; dot += 1) await voter.keyboard.press(".");
      }
      const vote = page.getByRole("region", { name: "Vote" });
      await expect(vote).toContainText("9 dots");
      await vote.getByRole("button", { name: "Close the vote" }).click();
      await expect(vote.getByRole("list", { name: "Result" })).toContainText("Bottleneck load");
      await expect(vote).toContainText("6");
      await page.locator("#canvas").focus();
      await page.keyboard.press("Escape");
    },
  },
  {
    file: "together-open.png",
    size: SMALL,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await openDialog(page);
      await dialog(page).getByLabel("Your name").fill("Ana");
      await dialog(page).getByLabel("Relay", { exact: true }).fill("wss://relay.example.org");
    },
  },
  {
    file: "together-invite.png",
    size: SMALL,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await openDirectRoom(page, "Ana");
      await bringIn(page, await guest(page), "Ben");
      await invite(page);
    },
  },
  {
    file: "sharing-view.png",
    size: WHOLE,
    async show(page) {
      await template(page, "Limits to growth in delivery");
      await choose(page, "File", "Share a link");
      const link = page.locator("#link-view");
      await expect(link).toBeVisible();
      const address = await link.inputValue();
      await page.goto("about:blank");
      await page.goto(address);
      await ready(page);
    },
  },
];

const wanted = PICTURES.filter(({ file }) => file.includes(process.argv[2] ?? ""));
if (wanted.length === 0) throw new Error(`No picture is called '${process.argv[2]}'. There is: ${PICTURES.map(({ file }) => file).join(", ")}`);

/** Where the system chooses fonts by fontconfig, its own font is Inter, so that pictures from everywhere look alike. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${["system-ui", "sans-serif", "sans"].map((family) => `<match target="pattern">
    <test name="family"><string>${family}</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit>
  </match>`).join("\n  ")}
</fontconfig>
`;
const scratch = await mkdtemp(join(tmpdir(), "pictures-"));
await writeFile(join(scratch, "fonts.conf"), FONTS);

const server = await serve({ base });
const browser = await chromium.launch({
  ...launchOptions,
  env: { ...process.env, FONTCONFIG_FILE: join(scratch, "fonts.conf") },
});
try {
  for (const { file, size, show, clip, rest: pointer = rest } of wanted) {
    const context = await browser.newContext({ ...contextOptions, baseURL: server.url, viewport: size });
    const page = await context.newPage();
    await show(page);
    await pointer(page);
    // What moves has come to rest, and short messages are gone.
    await expect(page.locator(".toast")).toHaveCount(0, { timeout: 15_000 });
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    await (clip ? clip(page) : page).screenshot({ path: IMAGES + file });
    await context.close();
    console.log(file);
  }
} finally {
  await browser.close();
  await server.close();
  for (const relay of relays) await relay.remove();
  await rm(scratch, { recursive: true });
}
