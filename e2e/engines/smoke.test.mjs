// One smoke suite for three engines: LOOPSTREAM_ENGINE says which, chromium, firefox or webkit.
//
//   ./dev test engines runs it in all three, on the build in dist/; alone:
//   LOOPSTREAM_ENGINE=firefox node --test e2e/engines/smoke.test.mjs
//   LOOPSTREAM_ENGINE=webkit xvfb-run -a node --test e2e/engines/smoke.test.mjs

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { badProxy } from "../bad_proxy.mjs";
import { startRelay } from "../relays.mjs";
import { DIST } from "../server.mjs";
import { A, B, C, app } from "./app.mjs";
import { craft } from "./craft.mjs";
import { person } from "./person.mjs";
import { watchedSite } from "./site.mjs";

const ENGINES = {
  chromium: () => import("./chromium.mjs").then((it) => it.startChromium()),
  firefox: () => import("./firefox.mjs").then((it) => it.startFirefox()),
  webkit: () => import("./webkit.mjs").then((it) => it.startWebKit()),
};
const ENGINE = process.env.LOOPSTREAM_ENGINE;
const RESULTS = fileURLToPath(new URL("../test-results/", import.meta.url));

if (!ENGINES[ENGINE]) throw new Error(`LOOPSTREAM_ENGINE is one of: ${Object.keys(ENGINES).join(", ")}`);
if (!existsSync(`${DIST}index.html`)) throw new Error(`There is no build to test in ${DIST}. Run: ./dev test browser`);

let site;
let page;

before(async () => {
  site = await watchedSite();
  page = app(person(await ENGINES[ENGINE]()));
});

after(async () => {
  await page?.close();
  await site?.close();
  await site?.remove();
});

/** A test on a fresh page; it fails on a complaint of the page, and then leaves a picture. */
function smoke(name, run) {
  test(name, { timeout: 60_000 }, async () => {
    try {
      await fresh();
      await run(page);
      assert.deepEqual(await complaints(), [], "the page complains of something");
    } catch (error) {
      error.message += await picture(name);
      throw error;
    } finally {
      await page.release();
    }
  });
}

/** The page as on a first visit; before it is left, what is kept of it is taken away elsewhere. */
async function fresh() {
  await page.go(`${site.url}empty.html`);
  await page.run(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.resize(1280, 900);
  await page.go(site.url);
  await page.ready();
}

const complaints = () => page.run(() => JSON.parse(sessionStorage.getItem("complaints") ?? "[]"));

/** Where a picture of the page is, in words; and what the page complains of. */
async function picture(name) {
  try {
    await mkdir(RESULTS, { recursive: true });
    const file = `${RESULTS}${ENGINE}-${name.replace(/\W+/g, "-")}.png`;
    await writeFile(file, await page.screenshot(), "base64");
    return `\n  picture: ${file}\n  complaints: ${JSON.stringify(await complaints())}`;
  } catch (error) {
    return `\n  there is no picture: ${error.message}`;
  }
}

smoke("a loop is drawn by hand, signed by keys, bent and delayed, and told in the panel", async () => {
  await page.drawRing();
  await page.shows(".loop-code", "B1");
  await page.shows(".loop", "batch size up → risk up → fear up → batch size down");
  const before = await page.document();
  const names = new Map(before.variables.map((one) => [one.id, one.name]));
  const from = (document) => document.links.find((one) => names.get(one.from) === "batch size");
  const bend = from(before).bend ?? 0;
  const middle = { x: (A.x + B.x) / 2, y: A.y - bend * (B.x - A.x) };
  await page.drag(await page.onPage(middle), await page.onPage({ x: middle.x, y: A.y + 100 }));
  await page.press("d");
  const link = from(await page.document());
  assert.ok(Math.abs((link.bend ?? 0) - bend) > 0.05, `the link bends: ${bend}, then ${link.bend}`);
  assert.notEqual(link.delayed, from(before).delayed, "the key D sets a delay");
});

smoke("undo and redo", async () => {
  await page.drawRing();
  const drawn = await page.fileText();
  await page.press("Control+z");
  assert.notEqual(await page.fileText(), drawn, "undo takes something back");
  await page.press("Control+Shift+z");
  assert.equal(await page.fileText(), drawn, "redo brings it again");
});

smoke("the wheel pans, and zooms with Control", async () => {
  await page.variable("risk", A);
  const place = await page.onPage({ x: 400, y: 300 });
  const before = await page.document();
  await page.wheel(place, 0, 80);
  await page.doubleClick(await page.onPage({ x: A.x, y: A.y - 80 }));
  await page.fieldOpens();
  await page.press("Escape");
  assert.deepEqual(await page.document(), before, "the variable was under the pointer after panning");
  await page.run(({ x, y }) => {
    const wheel = { ctrlKey: true, deltaY: -30, clientX: x, clientY: y, bubbles: true, cancelable: true };
    window.pageZooms = document.querySelector("#canvas").dispatchEvent(new WheelEvent("wheel", wheel));
  }, place);
  await page.until("the diagram is larger", () => parseInt(document.querySelector(".zoom-value").innerText) > 100);
  assert.equal(await page.run(() => window.pageZooms), false, "the page itself is not zoomed");
  // The MiniBrowser takes this one for itself.
  if (ENGINE !== "webkit") {
    const zoom = await page.zoom();
    await page.hold("Control");
    await page.wheel(place, 0, -20);
    await page.letGo("Control");
    await page.until("the diagram is larger again", (zoom) => document.querySelector(".zoom-value").innerText !== zoom, zoom);
  }
});

smoke("two fingers zoom, on a screen and on Safari's trackpad", async () => {
  await page.variable("risk", A);
  await page.run(() => {
    const canvas = document.querySelector("#canvas");
    const finger = (name, pointerId, clientX) =>
      canvas.dispatchEvent(new PointerEvent(name, {
        pointerId, clientX, clientY: 400, pointerType: "touch", bubbles: true, cancelable: true,
        isPrimary: pointerId === 11, button: name === "pointermove" ? -1 : 0, buttons: name === "pointerup" ? 0 : 1,
      }));
    finger("pointerdown", 11, 500);
    finger("pointerdown", 12, 560);
    finger("pointermove", 11, 470);
    finger("pointermove", 12, 590);
    finger("pointerup", 11, 470);
    finger("pointerup", 12, 590);
  });
  await page.until("the diagram is twice as large", () => document.querySelector(".zoom-value").innerText === "200 %");
  const zoomed = await page.run(() => {
    const gesture = (name, scale) => {
      const event = new Event(name, { bubbles: true, cancelable: true });
      Object.assign(event, { scale, clientX: 500, clientY: 400 });
      return document.querySelector("#canvas").dispatchEvent(event);
    };
    return [["gesturestart", 1], ["gesturechange", 0.8], ["gesturechange", 0.5], ["gestureend", 0.5]].map((one) => gesture(...one));
  });
  assert.deepEqual(zoomed, [false, false, false, false], "the page itself is not zoomed");
  await page.until("the diagram is half as large again", () => document.querySelector(".zoom-value").innerText === "100 %");
});

smoke("a reload restores the diagram", async () => {
  await page.drawRing();
  const drawn = await page.document();
  await page.shows("#save-state", "Saved");
  await page.reload();
  await page.ready();
  assert.deepEqual(await page.document(), drawn);
});

smoke("the Enter of an input method takes the word and not the name", async () => {
  await page.doubleClick(await page.onPage(A));
  await page.fieldOpens();
  const open = await page.run(() => {
    const field = document.querySelector(".text-field");
    const compose = (name, data) => field.dispatchEvent(new CompositionEvent(name, { data, bubbles: true }));
    const enter = (isComposing) =>
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 229, isComposing, bubbles: true, cancelable: true }));
    const isOpen = () => document.activeElement === field;
    compose("compositionstart", "");
    field.value = "仕事";
    field.dispatchEvent(new InputEvent("input", { inputType: "insertCompositionText", data: "仕事", isComposing: true, bubbles: true }));
    enter(true);
    const during = isOpen();
    // Safari ends the composition first.
    compose("compositionend", "仕事");
    enter(false);
    return [during, isOpen()];
  });
  assert.deepEqual(open, [true, true], "the field stays, during the composition and in Safari's order");
  await page.press("Enter");
  await page.gone(".text-field");
  assert.deepEqual((await page.document()).variables.map((one) => one.name), ["仕事"]);
});

smoke("a name and a note longer than a line are seen whole while they are typed", async () => {
  const hidden = () =>
    page.run(() => {
      const field = document.querySelector(".text-field");
      return field.scrollHeight - field.clientHeight;
    });
  // Above the ways to begin, which stand at the foot of an empty canvas.
  await page.doubleClick(await page.onPage(A));
  await page.fieldOpens();
  const oneLine = await page.run(() => document.querySelector(".text-field").offsetHeight);
  await page.type("time that work waits for a decision of somebody who is not there");
  assert.ok((await hidden()) <= 1, `${await hidden()} pixels of the name are hidden`);
  const lines = await page.run(() => document.querySelector(".text-field").offsetHeight);
  assert.ok(lines > oneLine * 1.5, `the field grows: ${oneLine}, then ${lines}`);
  await page.press("Enter");
  await page.press("Escape");
  await page.press("n");
  await page.click(await page.onPage(B));
  await page.fieldOpens();
  await page.type("A note says why somebody believes this, and where the numbers of it come from. ".repeat(3));
  assert.ok((await hidden()) <= 1, `${await hidden()} pixels of the note are hidden`);
});

smoke("a file is saved, and opened by the file dialog", async () => {
  await page.drawRing();
  const text = await page.fileText();
  const file = join(site.dir, "opened.loopstream.json");
  await writeFile(file, text.replace('"batch size"', '"size of a batch"'));
  await page.press("Control+o");
  await page.until("the browser asks for a file", () => document.querySelector("#chosen-file"));
  await page.chooseFile("#chosen-file", file);
  await page.until("the file is open", () => document.title.startsWith("opened"));
  const names = (await page.document()).variables.map((one) => one.name).sort();
  assert.deepEqual(names, ["fear", "risk", "size of a batch"]);
});

smoke("a template of a value stream opens with its figures", async () => {
  await page.openTemplate("Acme Stamping");
  await page.shows("#app", "23.6 d");
  await page.shows("#app", "188 s");
});

smoke("a map runs on the canvas, and many times for its lead time", async () => {
  await page.openTemplate("Penny Fab Two");
  await page.press("Alt+Shift+R");
  await page.shows(".play-bar", "8 in it");
  await page.press("Escape");
  await page.gone(".play-bar");
  await page.press("Shift+R");
  await page.pressButton("Run many times");
  await page.shows(".map-run-answer", "Simulated: 20 runs of");
});

smoke("an image that is dropped is shown by a note, kept, and exported", async () => {
  await page.run(({ x, y }) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 120, height: 80 });
    const context = canvas.getContext("2d");
    context.fillStyle = "#ff0080";
    context.fillRect(0, 0, 120, 80);
    const bytes = Uint8Array.from(atob(canvas.toDataURL().split(",")[1]), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "board.png", { type: "image/png" }));
    const about = { dataTransfer: data, clientX: x, clientY: y, bubbles: true, cancelable: true };
    document.querySelector("#canvas").dispatchEvent(new DragEvent("drop", about));
  }, await page.onPage(B));
  const isDrawn = () =>
    page.until("the image is drawn", () => {
      const canvas = document.querySelector("#canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let pink = 0;
      for (let at = 0; at < data.length; at += 4) pink += data[at] > 245 && data[at + 1] < 20;
      return pink > 5_000;
    });
  await isDrawn();
  await page.shows("#save-state", "Saved");
  await page.reload();
  await page.ready();
  await isDrawn();
  assert.equal((await page.document()).images.length, 1);
  const picture = await page.downloaded(() => page.choose("File", "Export SVG"));
  assert.match(picture.text, /<image /);
});

smoke("an improvement of a stream is compared with today, and kept", async () => {
  await page.openTemplate("Feature");
  await page.pressButton("Improvements");
  const compared = (words) =>
    page.until(`"${words}" is compared`, (words) => document.querySelector(".improvements")?.innerText.includes(words), words);
  await compared("What you try");
  await page.run(() => {
    const field = document.querySelector("[aria-label='Name of the improvement']");
    field.scrollIntoView();
    field.focus();
  });
  await page.type("Two testers");
  await page.pressButton("Keep");
  await compared("Two testers");
  assert.deepEqual((await page.document()).improvements.map((one) => one.name), ["Two testers"]);
});

craft(smoke);

smoke("the worker checks, arranges and exports a picture", async () => {
  await page.openTemplate("Technical debt");
  if (!(await page.run(() => document.querySelector("[role=tab]")))) await page.pressButton("Loops");
  await page.pressButton("Checks");
  await page.until("the checks have found something", () => document.querySelector(".finding-title"));
  const places = async () => (await page.document()).variables.map(({ x, y }) => [x, y]);
  const before = await places();
  await page.focusCanvas();
  await page.press("a");
  await page.until("the diagram is arranged", () => document.querySelector("#said").innerText === "Arranged");
  assert.notDeepEqual(await places(), before, "something moves");
  const picture = await page.downloaded(() => page.choose("File", "Export PNG"));
  assert.equal(picture.name, "Technical-debt.png");
  const { width } = await page.run(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return { width: image.naturalWidth };
  }, picture.address);
  assert.ok(width > 300, `the picture is ${width} pixels wide`);
});

smoke("a picture and a text of the worker go to the clipboard, a part of the diagram back from it", async () => {
  await page.drawRing();
  await page.choose("More", "Copy as a picture");
  await page.shows(".toast", "Copied as a picture");
  await page.choose("File", "Export…");
  await page.pressButton("Copy as Mermaid");
  await page.shows(".toast", "Copied as Mermaid");
  await page.press("Escape");
  await page.gone("dialog[open]");
  await page.focusCanvas();
  await page.press("Control+a");
  await page.press("Control+c");
  await page.press("Control+v");
  await page.shows("#said", "");
  await page.until("there are twice as many", () => /6 variables/.test(document.querySelector("#canvas").ariaLabel));
});

smoke("a dialog keeps the focus, and gives it back", async () => {
  await page.focusCanvas();
  await page.press("?");
  await page.until("the help is open", () => document.querySelector("dialog[open]"));
  for (let step = 1; step <= 8; step += 1) {
    await page.press("Tab");
    const outside = await page.run(() => {
      const focused = document.activeElement;
      return focused !== document.body && !focused.closest("dialog") && focused.outerHTML;
    });
    assert.equal(outside, false, `the focus has left the dialog after ${step} steps`);
  }
  await page.press("Escape");
  await page.gone("dialog[open]");
  await page.until("the canvas has the focus again", () => document.activeElement.id === "canvas");
});

smoke("a second press on a menu closes it", async () => {
  await page.pressButton("File");
  await page.until("the menu is open", () => document.querySelector("[role=menu]"));
  await page.pressButton("File");
  await page.gone("[role=menu]");
});

smoke("the printed page has the picture and the loops", async () => {
  await page.drawRing();
  await page.choose("File", "Print, or save as PDF");
  await page.until("the browser is asked to print", () => window.printed);
  const printed = await page.run(() => {
    const sheet = document.querySelector("#print-sheet");
    return [sheet.querySelectorAll("svg").length, sheet.querySelectorAll("li").length];
  });
  assert.deepEqual(printed, [1, 1], "one picture, one loop");
  await page.run(() => window.dispatchEvent(new Event("afterprint")));
});

smoke("a model runs: its chart, a slider, and which loop drives", async () => {
  await page.openTemplate("Growth and its limit");
  await page.pressButton("Run");
  await page.until("the run has a chart", () => document.querySelector(".run-head img.chart")?.alt.includes("Users: 10 at 0"));
  await page.run(() => {
    const slider = document.querySelector(".run-slider input[type=range]");
    slider.value = 150;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.until("what is tried is in the chart", () => document.querySelector(".run-head img.chart")?.alt.includes("What you try"));
  await page.run(() => document.querySelector("#fold-run-loops").click());
  await page.until("the loops are scored", () => document.querySelectorAll(".run-loop").length === 3);
});

smoke("a diagram is presented step by step, and is as it was afterwards", async () => {
  await page.drawRing();
  const before = await page.zoom();
  await page.focusCanvas();
  await page.press("Control+Enter");
  await page.shows(".present-place", "1 / ");
  await page.press("End");
  await page.shows(".present-title", "The whole");
  await page.pressButton("Step before");
  await page.shows(".present-words", "The loop is balancing");
  await page.pressButton("End presenting");
  await page.gone(".present");
  await page.until("the tools are there again", () => document.querySelector(".toolbar").offsetWidth > 0);
  assert.equal(await page.zoom(), before);
});

smoke("the story of a template is presented from the offer that it opens with", async () => {
  await page.openTemplate("The hero");
  await page.shows(".toast", "A story of 6 steps tells it.");
  await page.pressButton("Present");
  await page.shows(".present-title", "Somebody will fix it");
  await page.press("End");
  await page.shows(".present-title", "What to try");
  await page.pressButton("End presenting");
  await page.gone(".present");
});

smoke("a push travels round by round, and is told in words", async () => {
  await page.drawRing();
  await page.click(await page.onPage(A));
  await page.shows(".context-bar", "");
  await page.pressButton("Push up");
  await page.shows(".play-round", "");
  for (let round = 1; round <= 3; round += 1) await page.press(".");
  await page.shows(".play-round", "Round 3");
  await page.pressButton("Rounds in words");
  await page.shows(".play-list", "risk");
  await page.shows(".play-ends", "fear");
  await page.press("Escape");
  await page.gone(".play-bar");
});

smoke("what follows a rise is told, and where all comes to rest", async () => {
  await page.drawRing();
  await page.click(await page.onPage(A));
  await page.shows(".context-bar", "");
  await page.press("Control+k");
  await page.until("the palette is open", () => document.querySelector("dialog[open] input"));
  await page.type("Follow a change");
  await page.press("Enter");
  await page.shows(".finding", "risk rises");
  await page.shows("aside.side", "Once everything has come to rest");
});

smoke("a retrospective leads from facts to a loop, and to a story", async () => {
  const type = async (selector, words) => {
    await page.until(`there is ${selector}`, (selector) => document.querySelector(selector), selector);
    await page.run((selector) => document.querySelector(selector).focus(), selector);
    await page.type(words);
    await page.press("Enter");
  };
  await page.focusCanvas();
  await page.press("Shift+E");
  await page.pressButton("Start a retrospective");
  await type("#retro-event", "It fell over");
  await type("#retro-what-new", "14:02 Alarm");
  await page.until("the fact has its time", () => document.querySelector(".retro-line .retro-when")?.value === "14:02");
  await page.run(() => document.querySelector("#retro-step-2").click());
  await type("#retro-varied-new", "haste");
  await page.pressButton("Put haste on the canvas");
  await page.shows(".retro-below", "Show");
  await page.run(() => document.querySelector("#retro-step-3").click());
  await page.pressButton("haste");
  await type("#retro-cause", "rework");
  await page.until("the new cause is asked about", () => document.querySelectorAll(".retro-variable-head[aria-expanded=true]").length === 1 && document.querySelector(".retro-variable-open strong").innerText === "rework");
  await type("#retro-cause", "haste");
  await page.run(() => document.querySelector("#retro-step-4").click());
  await page.until("there is a loop", () => document.querySelectorAll("aside .loop-row").length === 1);
  await page.run(() => document.querySelector("#retro-step-8").click());
  await page.pressButton("Begin a story from it");
  await page.shows(".story-title", "It fell over");
});

smoke("a share link opens in another window, to be looked at", async () => {
  await page.drawRing();
  await page.choose("File", "Share a link");
  const link = await page.until("there is a link", () => document.querySelector("#link-view")?.value);
  await inAnotherWindow(async () => {
    await page.go(link);
    await page.ready();
    await page.until("the loop is listed", () => document.querySelectorAll(".loop").length === 1);
    assert.deepEqual(await complaints(), []);
  });
});

smoke("two windows show the same diagram", async () => {
  await page.variable("first", A);
  await page.shows("#save-state", "Saved");
  const two = "there are two variables in the first window";
  await inAnotherWindow(async () => {
    await page.go(site.url);
    await page.ready();
    assert.deepEqual((await page.document()).variables.map((one) => one.name), ["first"]);
    await page.variable("second", C);
    await page.shows("#save-state", "Saved");
  });
  await page.until(two, () => /2 variables/.test(document.querySelector("#canvas").ariaLabel));
});

/** Does something in a second window, and comes back. */
async function inAnotherWindow(act) {
  const first = await page.window();
  await page.switchTo(await page.openWindow());
  await page.resize(1280, 900);
  try {
    await act();
  } finally {
    await page.closeWindow();
    await page.switchTo(first);
  }
}

smoke("in a room with two in Chromium, on a bad line, all draw and have the same", async () => {
  await page.variable("from here", A);
  const relay = await startRelay("@y/websocket-server");
  const line = await badProxy(relay, 1);
  const guests = [];
  const shows = (count) => new RegExp(`\\b${count} variables?\\b`).test(document.querySelector("#canvas").ariaLabel);
  const allShow = async (count) => {
    for (const one of [page, ...guests]) await one.until(`there are ${count} variables`, shows, count);
  };
  try {
    await page.pressButton("Work together");
    await page.fill("Your name", "Ann");
    await page.fill("Relay", line.address());
    await page.select("Kind of relay", line.kind);
    await page.pressButton("Open the room");
    const link = await page.fieldValue("Link to edit");
    await page.press("Escape");
    line.worsen({ delay: 40, doubles: 0.2, reorders: 0.3 });
    for (const name of ["Ben", "Cem"]) {
      const guest = app(person(await ENGINES.chromium()));
      guests.push(guest);
      await guest.go(link);
      await guest.fill("Your name", name);
      await guest.pressButton("Join");
    }
    await allShow(1);
    await guests[0].variable("from Ben", B);
    await guests[1].variable("from Cem", C);
    await allShow(3);
    line.refuse();
    await page.variable("alone, from here", { x: 300, y: 480 });
    line.heal();
    await allShow(4);
    for (const one of [page, ...guests]) await one.shows(".room-state", "Shared with 2");
    const text = await page.fileText();
    for (const guest of guests) assert.equal(await guest.fileText(), text);
  } finally {
    for (const guest of guests) await guest.close();
    await line.close();
    await relay.remove();
  }
});

/** Whether the engine can connect pages; WebKitGTK as Debian builds it cannot. */
const connects = (app) => app.run(() => "RTCPeerConnection" in window);

/** One invites, the other follows and answers; both draw, and have the same. */
async function meetDirectly(host, guest) {
  await host.variable("of the host", A);
  await host.pressButton("Work together");
  await host.fill("Your name", "Ann");
  await host.pressButton("Open a room without a relay");
  await host.pressButton("Invite a guest");
  if (!(await connects(host))) {
    await host.shows(".room-introduction", "This browser cannot connect to other pages directly.");
    return;
  }
  await guest.go(await host.fieldValue("Invitation"));
  await guest.fill("Your name", "Ben");
  await guest.pressButton("Join");
  if (!(await connects(guest))) {
    await guest.shows(".room-introduction", "This browser cannot connect to other pages directly.");
    return;
  }
  await host.fill("Answer of the guest", await guest.fieldValue("Your answer"));
  await guest.until("the diagram is here", () => /\b1 variable\b/.test(document.querySelector("#canvas").ariaLabel));
  await host.press("Escape");
  const two = () => /\b2 variables\b/.test(document.querySelector("#canvas").ariaLabel);
  const three = () => /\b3 variables\b/.test(document.querySelector("#canvas").ariaLabel);
  await guest.variable("of the guest", B);
  await host.until("what the guest draws is here", two);
  await host.variable("once more of the host", C);
  await guest.until("what the host draws is there", three);
  for (const one of [host, guest]) await one.shows(".room-state", "Shared with 1");
  assert.equal(await guest.fileText(), await host.fileText());
}

smoke("without a relay a guest in Chromium is invited", async () => {
  const chromium = app(person(await ENGINES.chromium()));
  try {
    await meetDirectly(page, chromium);
  } finally {
    await chromium.close();
  }
});

smoke("without a relay somebody in Chromium invites, and the answer is from here", async () => {
  const chromium = app(person(await ENGINES.chromium()));
  try {
    await chromium.go(site.url);
    await chromium.ready();
    await meetDirectly(chromium, page);
  } finally {
    await chromium.close();
  }
});

// The last one: the server is gone then.
smoke("without a network there is everything, the worker and the templates too", async () => {
  await page.until("the service worker has everything", async () => {
    const { active } = await navigator.serviceWorker.ready;
    return active.state === "activated";
  });
  await page.drawRing();
  await page.shows("#save-state", "Saved");
  await site.close();
  await page.go(site.url);
  await page.ready();
  assert.equal((await page.document()).variables.length, 3);
  await page.openTemplate("Technical debt");
  if (!(await page.run(() => document.querySelector("[role=tab]")))) await page.pressButton("Loops");
  await page.pressButton("Checks");
  await page.until("the checks have found something", () => document.querySelector(".finding-title"));
});
