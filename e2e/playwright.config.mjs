import { existsSync } from "node:fs";
import { createServer } from "node:net";

import { defineConfig } from "@playwright/test";

import { contextOptions, launchOptions } from "./browser.mjs";
import { DIST } from "./server.mjs";

if (!existsSync(`${DIST}index.html`)) {
  throw new Error(`There is no build to test in ${DIST}. Run: ./dev test browser`);
}

// The workers read this file too, and inherit what the first reading settled.
const base = process.env.LOOPSTREAM_BASE ?? "/loopstream/";
const port = (process.env.LOOPSTREAM_PORT ??= String(await freePort()));
const url = `http://127.0.0.1:${port}${base}`;

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // A machine may be slow, or busy: a test that passes takes no longer for it.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["./failures.mjs"]],
  use: {
    browserName: "chromium",
    baseURL: url,
    launchOptions,
    ...contextOptions,
    // Pictures and copies of the page at every step would double the time of the suite.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
  },
  webServer: { command: `node server.mjs --port ${port} --base ${base}`, url, reuseExistingServer: false },
});

/** A port that nobody uses, so that two runs on one machine do not meet. */
function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => done(free));
    });
  });
}
