// Rooms and the people in them, in words.

import { expect, test as base } from "@playwright/test";

import { badProxy } from "./bad_proxy.mjs";
import { canvas, fileText, open, ready } from "./page.mjs";
import { startRelay } from "./relays.mjs";
import { stranger } from "./stranger.mjs";

/**
 * Tests of rooms. `meet` starts a relay with a bad line before it; `person` comes with a browser of
 * their own, and whatever asks for anything but its own site, or breaks the page's policy, fails the
 * test.
 */
export const test = base.extend({
  meet: async ({}, use) => {
    const begun = [];
    await use(async (name, { memory, seed } = {}) => {
      const relay = await startRelay(name, { memory });
      begun.push(() => relay.remove());
      const line = await badProxy(relay, seed);
      begun.push(() => line.close());
      /** Yjs's own client in the room that was last spoken to. */
      const comeStranger = async () => {
        const guest = await stranger(relay, line.room());
        begun.push(() => guest.leave());
        return guest;
      };
      return { relay, line, comeStranger };
    });
    for (const end of begun.toReversed()) await end();
  },

  person: async ({ browser, baseURL }, use) => {
    const contexts = [];
    const complaints = [];
    await use(async ({ permissions } = {}) => {
      const context = await browser.newContext({ permissions });
      contexts.push(context);
      await watch(context, new URL(baseURL).origin, complaints);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

async function watch(context, origin, complaints) {
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:/.test(url.protocol) && url.origin !== origin) complaints.push(`asks ${url}`);
  });
  context.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  await context.exposeFunction("policyBroken", (what) => complaints.push(what));
  await context.addInitScript(() => {
    window.addEventListener("securitypolicyviolation", (event) => window.policyBroken(`${event.violatedDirective} ${event.blockedURI}`));
  });
}

export const dialog = (page) => page.getByRole("dialog", { name: "Work together" });
export const roomState = (page) => page.locator(".room-state");
/** What the dialog says while somebody is on the way into a room. */
export const waits = (page) => page.locator(".room-waits");
export const peopleButton = (page) => page.locator("#people-button");

/** Opens the dialog of rooms. */
export async function openDialog(page) {
  await page.getByRole("button", { name: "Work together", exact: true }).click();
  await expect(dialog(page)).toBeVisible();
}

/** Fills in who one is and where the relay is. */
export async function fillRelay(page, line, name) {
  await dialog(page).getByLabel("Your name").fill(name);
  await dialog(page).getByLabel("Relay", { exact: true }).fill(line.address());
  await dialog(page).getByLabel("Kind of relay").selectOption({ label: line.kind });
}

/** Makes a room of the open document: the links to edit and to look at. */
export async function openRoom(page, line, name = "Ann") {
  await openDialog(page);
  await fillRelay(page, line, name);
  await dialog(page).getByRole("button", { name: "Open the room" }).click();
  const links = await roomLinks(page);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  return links;
}

/** The links in the dialog of somebody who is in a room. */
export async function roomLinks(page) {
  const link = async (name) => {
    const field = dialog(page).getByRole("textbox", { name });
    await expect(field).toHaveValue(/#room=1\./);
    return field.inputValue();
  };
  return { edit: await link("Link to edit"), view: await link("Link to look at") };
}

/** Leaves the room, as one of the buttons says. */
export async function leave(page, afterwards) {
  await openDialog(page);
  await dialog(page).getByRole("button", { name: "Leave the room" }).click();
  await dialog(page).getByRole("button", { name: afterwards }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** Follows a link to a room, and says yes. */
export async function follow(page, link, name) {
  await page.goto(link);
  await dialog(page).getByLabel("Your name").fill(name);
  await dialog(page).getByRole("button", { name: "Join", exact: true }).click();
}

/** Follows a link into a room, until its diagram is here. */
export async function join(page, link, name) {
  await follow(page, link, name);
  await expect(dialog(page)).toHaveCount(0);
  await ready(page);
}

/** Goes to the page with a document that has this title. */
export async function openTitled(page, title) {
  await open(page);
  await page.getByLabel("Title of the diagram").fill(title);
  await page.getByLabel("Title of the diagram").press("Enter");
}

/** Where the one variable of a diagram is to somebody who has just come into its room. */
export async function middle(page) {
  const { width, height } = await canvas(page).boundingBox();
  return { x: width / 2, y: height / 2 };
}

/** Until the canvas shows so many variables. */
export async function shows(page, variables) {
  const words = variables === 1 ? "1 variable" : `${variables} variables`;
  await expect(canvas(page)).toHaveAttribute("aria-label", new RegExp(`\\b${words}\\b`));
}

/** Until all have the same file, byte for byte; gives it. */
export async function same(...pages) {
  let text;
  await expect(async () => {
    const texts = [];
    for (const page of pages) texts.push(await fileText(page));
    for (const other of texts) expect(other).toBe(texts[0]);
    text = texts[0];
  }).toPass();
  return JSON.parse(text);
}

/** The names of variables, in the order of the alphabet. */
export const names = (document) => document.variables.map((one) => one.name).sort();

/** Makes a room without a relay of the open document. The dialog stays open. */
export async function openDirectRoom(page, name = "Ann") {
  await openDialog(page);
  await dialog(page).getByLabel("Your name").fill(name);
  await dialog(page).getByRole("button", { name: "Open a room without a relay" }).click();
  await expect(dialog(page).getByText("No relay:")).toBeVisible();
}

/** An invitation for one guest, by somebody in a room without a relay. The dialog stays open. */
export async function invite(page, button = "Invite a guest") {
  if (await dialog(page).count() === 0) await openDialog(page);
  await dialog(page).getByRole("button", { name: button, exact: true }).click();
  const field = dialog(page).getByRole("textbox", { name: "Invitation" });
  await expect(field).toHaveValue(/#room=1\./);
  return field.inputValue();
}

/** The line that somebody is to send back. */
export async function answerLine(page) {
  const field = dialog(page).getByRole("textbox", { name: "Your answer" });
  await expect(field).toHaveValue(/^answer=1\./);
  return field.inputValue();
}

/** Pastes the line that a guest has sent back, and closes the dialog once the two are connected. */
export async function takeAnswer(page, line) {
  await dialog(page).getByLabel("Answer of the guest").fill(line);
  await expect(dialog(page).locator(".room-introduction")).toBeEmpty();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
}

/** Somebody in a room without a relay invites a guest, who comes in. */
export async function bringIn(host, guest, name, button) {
  await follow(guest, await invite(host, button), name);
  await takeAnswer(host, await answerLine(guest));
  await expect(dialog(guest)).toHaveCount(0);
  await ready(guest);
}
