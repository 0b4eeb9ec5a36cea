// The build as it is, served as the other browser tests have it, with one script more at its head:
// it notes what the page complains of from its first moment on.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DIST, serve } from "../server.mjs";

/** Serves the build under the base path of the tests. */
export async function watchedSite() {
  const dir = await mkdtemp(join(tmpdir(), "loopstream-site-"));
  await cp(DIST, dir, { recursive: true });
  const page = await readFile(join(dir, "index.html"), "utf8");
  // After the policy, which it keeps to like every other script.
  const watched = page.replace(/<meta http-equiv="?Content-Security-Policy"?[^>]*>/, '$&<script src="watch.js"></script>');
  if (watched === page) throw new Error("index.html has no policy");
  await writeFile(join(dir, "index.html"), watched);
  await writeFile(join(dir, "watch.js"), `(${watch})();\n`);
  // Without a network it is there like everything else.
  const worker = join(dir, "service-worker.js");
  await writeFile(worker, (await readFile(worker, "utf8")).replace('"./"', '"./","watch.js"'));
  // A page of the same origin on which the app does not run.
  await writeFile(join(dir, "empty.html"), "<!doctype html><title>Empty</title>");
  const site = await serve({ dir, base: process.env.LOOPSTREAM_BASE ?? "/loopstream/" });
  return {
    dir,
    url: site.url,
    close: site.close,
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Runs in the page. What it notes outlives a reload; what is downloaded is kept for the tests. */
function watch() {
  const note = (words) => {
    const noted = JSON.parse(sessionStorage.getItem("complaints") ?? "[]");
    sessionStorage.setItem("complaints", JSON.stringify([...noted, words]));
  };
  // In the capture phase: a file that does not load tells its element alone.
  const failed = (event) => note(`error: ${event.message ?? event.target.outerHTML}`);
  window.addEventListener("error", failed, true);
  window.addEventListener("unhandledrejection", (event) => note(`rejection: ${event.reason?.stack ?? event.reason}`));
  document.addEventListener("securitypolicyviolation", (event) => {
    note(`policy: ${event.violatedDirective} refuses ${event.blockedURI} ${event.sample}`);
  });
  for (const level of ["error", "warn"]) {
    const tell = console[level];
    console[level] = (...words) => {
      note(`console.${level}: ${words.join(" ")}`);
      tell.apply(console, words);
    };
  }
  const blobs = new Map();
  const addressOf = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    const address = addressOf.call(URL, blob);
    blobs.set(address, blob);
    return address;
  };
  window.downloads = [];
  HTMLAnchorElement.prototype.click = function () {
    window.downloads.push({ name: this.download, address: this.href, blob: blobs.get(this.href) });
  };
  // The field of the file dialog, where a driver can fill it.
  HTMLInputElement.prototype.click = function () {
    this.id = "chosen-file";
    document.body.append(this);
  };
  window.print = () => {
    window.printed = (window.printed ?? 0) + 1;
  };
}
