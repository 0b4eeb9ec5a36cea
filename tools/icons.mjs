// Makes the icons of public/icons/ from public/icon.svg. Run by hand when the icon changes, with
// the browser of the tests: `./dev test browser --list` installs it.
//
//   node tools/icons.mjs

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { launchOptions } from "../e2e/browser.mjs";
import { chromium } from "../e2e/node_modules/@playwright/test/index.mjs";

const svg = readFileSync(new URL("../public/icon.svg", import.meta.url), "utf8");
// Systems cut a maskable icon to their own shape; what matters stands in its middle.
const maskable = svg
  .replace('viewBox="0 0 32 32"', 'viewBox="-5 -5 42 42"')
  .replace('<rect width="32" height="32" rx="7"', '<rect x="-5" y="-5" width="42" height="42"');
const square = svg.replace('rx="7"', "");

const folder = new URL("../public/icons/", import.meta.url);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(launchOptions);
for (const [name, size, picture] of [
  ["192.png", 192, svg],
  ["512.png", 512, svg],
  ["maskable-512.png", 512, maskable],
  ["180.png", 180, square],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px}</style>${picture}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
