// WebKitGTK, the engine of Safari: W3C WebDriver by `fetch`, with the MiniBrowser that comes with the
// driver. It needs a display: xvfb-run.

import { spawn } from "node:child_process";
import { once } from "node:events";

import { eventually, freePort } from "./wait.mjs";

/** Starts a WebKit of its own; gives the driver that `person.mjs` describes. */
export async function startWebKit() {
  const port = await freePort();
  const program = process.env.LOOPSTREAM_WEBKIT || "WebKitWebDriver";
  const driver = spawn(program, [`--port=${port}`], { stdio: "ignore" });
  const failed = new Promise((_, fail) => driver.once("error", fail));
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const up = () => call("GET", "/status").then(() => true, () => false);
  await Promise.race([failed, eventually("the driver of WebKit listens", up)]);
  const timeouts = { pageLoad: 20_000, script: 20_000 };
  const capabilities = { alwaysMatch: { timeouts } };
  const { sessionId } = await call("POST", "/session", { capabilities });
  const session = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
  return {
    go: (url) => session("POST", "/url", { url }),
    reload: () => session("POST", "/refresh", {}),
    script: (script, args) => session("POST", "/execute/async", { script, args }),
    actions: (actions) => session("POST", "/actions", { actions }),
    release: () => session("DELETE", "/actions"),
    screenshot: () => session("GET", "/screenshot"),
    resize: (width, height) => session("POST", "/window/rect", { width, height }),
    window: () => session("GET", "/window"),
    openWindow: async () => (await session("POST", "/window/new", { type: "window" })).handle,
    switchTo: (handle) => session("POST", "/window", { handle }),
    closeWindow: () => session("DELETE", "/window"),
    async chooseFile(selector, file) {
      const field = await session("POST", "/element", { using: "css selector", value: selector });
      await session("POST", `/element/${Object.values(field)[0]}/value`, { text: file });
    },
    async close() {
      await session("DELETE", "");
      const gone = once(driver, "exit");
      driver.kill();
      await gone;
    },
  };
}
