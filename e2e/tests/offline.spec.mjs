// Without a network, and from one version to the next.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { A, choose, document, drawRing, loops, open, ready, saved, toast, variable } from "../page.mjs";
import { DIST, serve } from "../server.mjs";

test.use({ serviceWorkers: "allow" });

/** A server of its own, which can be switched off, with a copy of the build that can be changed. */
const site = test.extend({
  site: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), "loopstream-site-"));
    await cp(DIST, dir, { recursive: true });
    const server = await serve({ dir, base: process.env.LOOPSTREAM_BASE ?? "/loopstream/" });
    let open = true;
    await use({ ...server, dir, close: async () => { if (open) await server.close(); open = false; } });
    if (open) await server.close();
    await rm(dir, { recursive: true });
  },
});

/** The site publishes another version. */
async function publish(site) {
  const index = join(site.dir, "index.html");
  const html = await readFile(index, "utf8");
  await writeFile(index, html.replace("</body>", "<p id=new-version hidden></p></body>"));
  const script = join(site.dir, "service-worker.js");
  const worker = await readFile(script, "utf8");
  await writeFile(script, worker.replace(/VERSION = "[0-9a-f]+"/, 'VERSION = "0123456789abcdef"'));
}

/** Until everything is kept for later. */
const kept = (page) => page.evaluate(async () => { await navigator.serviceWorker.ready; });

site("the whole program works with the network off, under a sub-path", async ({ page, site }) => {
  await open(page, site.url);
  await kept(page);
  await site.close();
  await page.goto(site.url);
  await ready(page);
  await drawRing(page, ["+", "-", "?"]);
  await saved(page);
  // The web worker and the templates are there too.
  await page.getByRole("tab", { name: "Checks" }).click();
  await expect(page.getByText("Working…")).toHaveCount(0);
  await expect(page.locator(".finding-main").first()).toBeVisible();
  await choose(page, "File", "Open a template");
  await page.locator(".template").filter({ has: page.getByText("Technical debt", { exact: true }) }).click();
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Technical debt");
  // And so is a page of its own for a shared diagram.
  await page.goto(`${site.url}index.html`);
  await ready(page);
});

site("a new version waits until a person wants it, and keeps the diagram", async ({ page, site }) => {
  await open(page, site.url);
  await kept(page);
  // From now on the page is that of the service worker.
  await page.reload();
  await ready(page);
  await variable(page, "drawn before", A);
  await saved(page);

  await publish(site);
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  await expect(toast(page, "A new version of Loopstream is ready")).toBeVisible();

  // Until it is wanted, even a reload shows the old one.
  await variable(page, "drawn meanwhile", { x: 200, y: 300 });
  await saved(page);
  await page.reload();
  await ready(page);
  await expect(page.locator("#new-version")).toHaveCount(0);
  await expect(toast(page, "A new version of Loopstream is ready")).toBeVisible();
  await toast(page, "A new version").getByRole("button", { name: "Reload" }).click();
  await expect(page.locator("#new-version")).toHaveCount(1);
  await ready(page);
  const { variables } = await document(page);
  expect(variables.map((one) => one.name).sort()).toEqual(["drawn before", "drawn meanwhile"]);
});

site("a new version that another tab has let in is taken up by a reload", async ({ page, context, site }) => {
  await open(page, site.url);
  await kept(page);
  await page.reload();
  await ready(page);
  const other = await context.newPage();
  await open(other, site.url);
  await publish(site);
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  const message = (page) => toast(page, "A new version of Loopstream is ready");
  // Either tab may be the first to ask; the other learns of the same version.
  await expect(message(page)).toBeVisible();
  await expect(message(other)).toBeVisible();
  await variable(other, "drawn meanwhile", A);
  for (const tab of [page, other]) {
    await message(tab).getByRole("button", { name: "Reload" }).click();
    await expect(tab.locator("#new-version")).toHaveCount(1);
    await ready(tab);
  }
  expect((await document(other)).variables.map((one) => one.name)).toEqual(["drawn meanwhile"]);
});

site("what another app shares opens as a diagram of its own", async ({ page, site }) => {
  await open(page, site.url);
  await kept(page);
  await page.reload();
  await ready(page);
  const text = await readFile(join(site.dir, "templates/technical-debt.json"), "utf8");
  // As the system posts it: a form, answered by the service worker and not by the server. The
  // page's own policy forbids forms, so the request is made by script.
  const status = await page.evaluate(async (text) => {
    const form = new FormData();
    form.append("file", new File([text], "technical debt.json", { type: "application/json" }));
    return (await fetch("share", { method: "POST", body: form })).status;
  }, text);
  // The redirect to the page was followed; its fragment does not show here.
  expect(status).toBe(200);
  await page.goto("about:blank");
  await page.goto(`${site.url}#shared`);
  await ready(page);
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Technical debt");
  expect(page.url()).toBe(site.url);
});

for (const [what, fields] of [
  ["beside words", (link) => ({ title: "A diagram", text: "Have a look", url: link })],
  ["among words", (link) => ({ title: "A diagram", text: `Look: ${link}.` })],
  ["alone", (link) => ({ text: link })],
]) {
  site(`a link that another app shares ${what} opens`, async ({ page, site }) => {
    await open(page, site.url);
    await kept(page);
    await page.reload();
    await ready(page);
    await drawRing(page);
    await choose(page, "File", "Share a link");
    const link = await page.locator("#link-view").inputValue();
    await page.keyboard.press("Escape");
    const status = await page.evaluate(async (fields) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      return (await fetch("share", { method: "POST", body: form })).status;
    }, fields(link));
    expect(status).toBe(200);
    await choose(page, "File", "New diagram");
    // Without the link this is what the page opens next.
    await variable(page, "mine", A);
    await saved(page);
    await page.goto("about:blank");
    await page.goto(`${site.url}#shared`);
    await ready(page);
    await expect(loops(page)).toHaveCount(1);
    await expect(page.getByLabel("Title of the diagram")).toHaveValue("");
  });
}

site("it can be installed", async ({ page, site }) => {
  await open(page, site.url);
  const manifest = await page.evaluate(async () => {
    const link = window.document.querySelector("link[rel=manifest]");
    return { url: link.href, content: await (await fetch(link.href)).json() };
  });
  expect(manifest.url).toBe(`${site.url}manifest.webmanifest`);
  const { content } = manifest;
  expect(new URL(content.start_url, manifest.url).href).toBe(site.url);
  for (const { src, sizes } of content.icons) {
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, new URL(src, manifest.url).href);
    expect(size).toBe(sizes);
  }
  expect(Object.values(content.file_handlers[0].accept).flat()).toEqual(expect.arrayContaining([".json", ".loopstream.json", ".png", ".svg"]));
});

test("a file that the system hands over opens as a diagram of its own", async ({ page }) => {
  // Only an installed app has a queue of files; this one stands in its place.
  await page.addInitScript(() => {
    Object.defineProperty(window, "launchQueue", { value: { setConsumer: (take) => { window.launch = take; } } });
  });
  await open(page);
  await variable(page, "mine", A);
  await page.evaluate(() => {
    const text = '{"format":"loopstream","version":1,"title":"Handed over","variables":[{"id":"a","name":"one","x":0,"y":0}]}';
    const file = new File([text], "handed.loopstream.json");
    window.launch({ files: [{ getFile: async () => file }] });
  });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Handed over");
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(2);
});
