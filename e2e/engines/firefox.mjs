// Firefox by Marionette, the protocol that it speaks itself over TCP: no driver in between. The
// commands are those of W3C WebDriver.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { eventually, freePort } from "./wait.mjs";

/** Nothing that talks to the network of its own accord, no first pages, and no panel after a download. */
const PREFERENCES = {
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.download.alwaysOpenPanel": false,
  "browser.download.folderList": 2,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.disable_beforeunload": true,
  // A program presses no key that lets a page read the clipboard.
  "dom.events.testing.asyncClipboard": true,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,none",
  "startup.homepage_welcome_url": "",
  "toolkit.telemetry.enabled": false,
};

/** Starts a Firefox of its own; gives the driver that `person.mjs` describes. */
export async function startFirefox() {
  const profile = await mkdtemp(join(tmpdir(), "loopstream-firefox-"));
  const port = await freePort();
  const preferences = { ...PREFERENCES, "browser.download.dir": profile, "marionette.port": port };
  const lines = Object.entries(preferences).map((pair) => `user_pref(${pair.map((part) => JSON.stringify(part)).join(", ")});\n`);
  await writeFile(join(profile, "user.js"), lines.join(""));
  const program = process.env.LOOPSTREAM_FIREFOX || "firefox";
  const args = ["--headless", "--no-remote", "--marionette", "--profile", profile];
  const firefox = spawn(program, args, { stdio: "ignore" });
  const failed = new Promise((_, fail) => firefox.once("error", fail));
  const connection = await Promise.race([failed, connect(port)]);
  const { send, value } = connection;
  await send("WebDriver:NewSession", { capabilities: { alwaysMatch: {} } });
  await send("WebDriver:SetTimeouts", { pageLoad: 20_000, script: 20_000 });
  return {
    go: (url) => send("WebDriver:Navigate", { url }),
    reload: () => send("WebDriver:Refresh"),
    script: (script, args) => value("WebDriver:ExecuteAsyncScript", { script, args }),
    actions: (actions) => send("WebDriver:PerformActions", { actions }),
    release: () => send("WebDriver:ReleaseActions"),
    screenshot: () => value("WebDriver:TakeScreenshot", { full: false }),
    resize: (width, height) => send("WebDriver:SetWindowRect", { width, height }),
    window: () => value("WebDriver:GetWindowHandle"),
    openWindow: async () => (await send("WebDriver:NewWindow", { type: "window", focus: true })).handle,
    switchTo: (handle) => send("WebDriver:SwitchToWindow", { handle, focus: true }),
    closeWindow: () => send("WebDriver:CloseWindow"),
    async chooseFile(selector, file) {
      const field = await value("WebDriver:FindElement", { using: "css selector", value: selector });
      await send("WebDriver:ElementSendKeys", { id: Object.values(field)[0], text: file });
    },
    async close() {
      const gone = once(firefox, "exit");
      // It answers, or is gone before it does.
      await Promise.race([gone, send("Marionette:Quit", { flags: ["eForceQuit"] })]);
      await gone;
      connection.end();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** A connection once the browser listens: each message is its length, a colon, and JSON. */
async function connect(port) {
  const socket = await eventually("Firefox listens", async () => {
    const socket = createConnection(port, "127.0.0.1");
    return once(socket, "connect").then(() => socket, () => null);
  });
  const waiting = new Map();
  let rest = Buffer.alloc(0);
  let greeted;
  const greeting = new Promise((done) => (greeted = done));
  const take = (message) => {
    if (!Array.isArray(message)) return greeted();
    const [, number, error, result] = message;
    const { done, fail } = waiting.get(number);
    waiting.delete(number);
    if (error) fail(new Error(`${error.error}: ${error.message}`));
    else done(result);
  };
  socket.on("data", (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const colon = rest.indexOf(":");
      const end = colon + 1 + Number(rest.subarray(0, colon));
      if (colon < 0 || rest.length < end) return;
      const message = JSON.parse(rest.subarray(colon + 1, end));
      rest = rest.subarray(end);
      take(message);
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    for (const { fail } of waiting.values()) fail(new Error("Firefox has ended"));
  });
  await greeting;
  let number = 0;
  const send = (name, parameters = {}) =>
    new Promise((done, fail) => {
      number += 1;
      waiting.set(number, { done, fail });
      const text = JSON.stringify([0, number, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  return { send, value: async (name, parameters) => (await send(name, parameters)).value, end: () => socket.destroy() };
}
