// Whether a page is at rest, and what a panel shows: to compare a panel with the same panel made anew.

import { expect } from "@playwright/test";

/** A new page of a context, that can be asked for its rest. */
export async function watchedPage(context) {
  const page = await context.newPage();
  page.on("worker", (worker) => {
    // Fails only for a page that has gone already.
    worker.evaluate(watchWorker).catch(() => {});
  });
  await page.addInitScript(watchPage);
  return page;
}

/** Until page and workers have nothing left to do; with `fence` also not before what that other page has done. */
export const atRest = (page, fence) => page.evaluate((fence) => window.fresh.atRest(fence), fence);

let fences = 0;

/** A fence for `atRest`: the storage tells other pages of it after all that this page has kept. */
export async function fenceOf(page) {
  fences += 1;
  await page.evaluate((fence) => localStorage.setItem("fence", fence), String(fences));
  return String(fences);
}

/**
 * Fails softly if a panel shows something else than the same panel made anew: what is pressed `again` closes it and opens it.
 * @param {{ name: string, root: string, again: string[][] }} panel
 */
export async function expectFresh(page, { name, root, again }, change, fence) {
  const asked = [{ root, again }, fence];
  const [live, anew] = await page.evaluate(([panel, fence]) => window.fresh.liveAndAnew(panel, fence), asked);
  expectSame(live, anew, `${name}, after: ${change}`);
}

/** Fails softly if what was shown is not what is shown anew, with the lines that differ. */
export function expectSame(live, anew, words) {
  expect.soft(differing(live, anew), words).toEqual([]);
}

/** The lines that only one of both has; where both have the same ones, those that stand elsewhere. */
function differing(live, anew) {
  const only = (lines, others) => {
    const left = [...others];
    return lines.filter((line) => {
      const place = left.indexOf(line);
      if (place >= 0) left.splice(place, 1);
      return place < 0;
    });
  };
  const elsewhere = (lines, others) => lines.filter((line, place) => line !== others[place]);
  const told = (which) => [
    ...which(live, anew).map((line) => `shows: ${line.trim()}`),
    ...which(anew, live).map((line) => `anew: ${line.trim()}`),
  ];
  const found = told(only);
  return (found.length > 0 ? found : told(elsewhere)).slice(0, 40);
}

/** What an element of the page shows, in lines. */
export const shownIn = (page, root) => page.evaluate((root) => window.fresh.shown(root), root);

/** In the worker: it says that it is watched, and whether it is idle. */
function watchWorker() {
  const later = self.setTimeout.bind(self);
  let waiting = 0;
  self.setTimeout = (run, wait, ...rest) => {
    waiting += 1;
    return later(() => {
      waiting -= 1;
      run(...rest);
    }, wait);
  };
  // Before what listens already.
  const heard = self.onmessage;
  self.onmessage = null;
  self.addEventListener("message", (event) => {
    if (event.data !== "idle?") return;
    event.stopImmediatePropagation();
    self.postMessage(waiting === 0 ? "idle" : "busy");
  });
  self.onmessage = heard;
  self.postMessage("watched");
}

/** In the page, before its own scripts: `window.fresh`. */
function watchPage() {
  /** Timers for more than this are for a person: how long a message stands, when a version is due. */
  const SOON = 400;
  /** The page waits for pauses in the drawing; here nobody draws on. */
  const SHORT = 5;
  const later = window.setTimeout.bind(window);
  const never = window.clearTimeout.bind(window);
  const timers = new Set();
  const workers = [];
  let fence;
  // Grows with everything that the page hears of, and with what it asks.
  let heard = 0;

  window.setTimeout = (run, wait = 0, ...rest) => {
    if (wait > SOON) return later(run, wait, ...rest);
    const timer = later(() => {
      timers.delete(timer);
      heard += 1;
      run(...rest);
    }, Math.min(wait, SHORT));
    timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    timers.delete(timer);
    never(timer);
  };
  // A frame is a turn: a page that nobody looks at gets none, and here nobody looks.
  window.requestAnimationFrame = (run) => window.setTimeout(() => run(performance.now()));
  window.Worker = class extends window.Worker {
    constructor(...script) {
      super(...script);
      const one = { ask: () => super.postMessage("idle?"), listens: false, isWatched: false, answer: () => {} };
      workers.push(one);
      this.addEventListener("message", (event) => {
        if (typeof event.data === "string") {
          event.stopImmediatePropagation();
          if (event.data === "watched") one.isWatched = true;
          else one.answer(event.data === "idle");
        } else {
          one.listens = true;
          heard += 1;
        }
      });
    }

    postMessage(...message) {
      heard += 1;
      super.postMessage(...message);
    }
  };
  window.addEventListener("storage", (event) => {
    heard += 1;
    if (event.key === "fence") fence = event.newValue;
  });

  const turn = () => new Promise((done) => later(done, 1));
  const isQuiet = () => timers.size === 0 && workers.every((one) => one.listens && one.isWatched);
  /** A worker answers in turn: what it was asked before, it has heard; what it has said before, is here. */
  const isIdle = (one) =>
    new Promise((done) => {
      one.answer = done;
      one.ask();
    });

  async function atRest(after) {
    while (after !== undefined && fence !== after) await turn();
    for (;;) {
      do await turn();
      while (!isQuiet());
      const before = heard;
      const idle = await Promise.all(workers.map(isIdle));
      await turn();
      if (idle.every(Boolean) && isQuiet() && before === heard) return;
    }
  }

  /** Words, values, and what a screen reader is told. Where pointer and focus are belongs to the person. */
  function shown(root) {
    const lines = [];
    let words = "";
    const say = (depth) => {
      const said = words.replace(/\s+/g, " ").trim();
      if (said) lines.push(`${"  ".repeat(depth)}${said}`);
      words = "";
    };
    const ATTRIBUTES = /^aria-|^(role|title|disabled|placeholder|style|src|points|d)$/;
    const states = (element) => {
      const found = [...element.attributes].filter(({ name }) => ATTRIBUTES.test(name));
      const list = found.map(({ name, value }) => `${name}="${value.slice(0, 200)}"`).sort();
      if (element.matches("[type=checkbox]")) return [...list, `checked=${element.checked}`];
      if (element.matches("option")) return [...list, ...(element.selected ? ["selected"] : [])];
      if (element.matches("input, textarea, select")) return [...list, `value="${element.value}"`];
      return list;
    };
    const walk = (node, depth) => {
      if (node.nodeType === Node.TEXT_NODE) words += node.data;
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      say(depth);
      const classes = [...node.classList].filter((one) => one !== "loop-lit").map((one) => `.${one}`);
      const id = node.id ? `#${node.id}` : "";
      lines.push(["  ".repeat(depth) + node.tagName.toLowerCase() + id + classes.join(""), ...states(node)].join(" "));
      if (node.matches("textarea")) return;
      for (const child of node.childNodes) walk(child, depth + 1);
      say(depth + 1);
    };
    for (const element of document.querySelectorAll(root)) walk(element, 0);
    return lines;
  }

  const all = (root, what) => [...document.querySelectorAll(root)].flatMap((one) => [...one.querySelectorAll(what)]);
  const tried = (root) => all(root, "[aria-label='Try an improvement'] :is(select, input)");

  /** Opens and chooses what a person had opened and chosen, one thing at a time; whether all is so. */
  function isOpenAgain(root, folds, choices) {
    const fold = all(root, "[aria-expanded]").find((one, place) => folds[place] && one.ariaExpanded !== folds[place]);
    if (fold) {
      fold.click();
      return false;
    }
    const field = tried(root).find((one, place) => place in choices && one.value !== choices[place]);
    if (field) {
      field.value = choices[tried(root).indexOf(field)];
      if (field.value !== choices[tried(root).indexOf(field)]) return true;
      field.dispatchEvent(new Event("input"));
      field.dispatchEvent(new Event("change"));
    }
    return !field;
  }

  /** Presses, or chooses, what has these words. */
  function press([what, words]) {
    const found = [...document.querySelectorAll(what)].find((one) => !words || one.textContent.includes(words));
    if (!found) throw new Error(`There is no ${what} ${words ?? ""}`);
    if (!found.matches("option")) return found.click();
    found.selected = true;
    found.parentElement.dispatchEvent(new Event("change"));
  }

  /** What a panel shows once the page is at rest, and what it shows when it is closed and opened again. */
  async function liveAndAnew({ root, again }, after) {
    await atRest(after);
    const live = shown(root);
    const folds = all(root, "[aria-expanded]").map((one) => one.ariaExpanded);
    const choices = tried(root).map((one) => one.value);
    for (const [place, step] of again.entries()) {
      press(step);
      // What is closed has nothing left to do.
      await (place === 0 ? turn() : atRest());
    }
    for (let tries = 0; tries < 40 && !isOpenAgain(root, folds, choices); tries += 1) await atRest();
    return [live, shown(root)];
  }

  window.fresh = { atRest, shown, press, liveAndAnew };
}
