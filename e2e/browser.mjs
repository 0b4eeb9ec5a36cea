// The browser of the tests and of the benchmarks: the same one, the same way.

/** Nothing that talks to the network of its own accord, and no need of a graphics card. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** For Playwright's `launch`. ./dev sets LOOPSTREAM_CHROMIUM; without it Playwright takes its own. */
export const launchOptions = { executablePath: process.env.LOOPSTREAM_CHROMIUM || undefined, args };

/** For Playwright's contexts: one window, one language, one clock, on every machine. */
export const contextOptions = {
  viewport: { width: 1280, height: 800 },
  deviceScaleFactor: 1,
  locale: "en-GB",
  timezoneId: "UTC",
  // Only the tests of what happens without a network need one; others would fetch everything.
  serviceWorkers: "block",
};
