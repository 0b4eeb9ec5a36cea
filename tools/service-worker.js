// Loopstream without a network. tools/offline.mjs puts the version and the list of files in.
//
// Everything is fetched once, when a version is installed, and from then on answered from there.
// A new version waits until a person wants it or no page of the old one is open: the code under an
// open diagram is never exchanged. The files of one version before are kept, since a page that is
// still open may fetch a part of itself late.

const VERSION = "__VERSION__";
const FILES = __FILES__;

const OURS = "loopstream-";
const CACHE = OURS + VERSION;
/** What another app has shared, until the page takes it. */
const SHARED = "loopstream/shared";

self.addEventListener("install", (event) => event.waitUntil(fetchAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const home = new URL(self.registration.scope);
  if (url.origin !== home.origin || !url.pathname.startsWith(home.pathname)) return;
  const name = url.pathname.slice(home.pathname.length);
  if (event.request.method === "POST" && name === "share") event.respondWith(takeShared(event.request));
  else if (event.request.method !== "GET") return;
  else if (name === "shared") event.respondWith(giveShared());
  else event.respondWith(answer(event.request, name === "index.html" ? "" : name));
});

/** Fetches the files of this version; one that is missing fails the whole. */
async function fetchAll() {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache, which may hold what was published before.
  await cache.addAll(FILES.map((name) => new Request(name, { cache: "reload" })));
}

/** Deletes what is older than one version before. */
async function forgetOld() {
  const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** A file of this version, else of the one before, else from the network. */
async function answer(request, name) {
  const own = await caches.open(CACHE);
  const found = await own.match(new URL(name || "./", self.registration.scope), { ignoreSearch: true });
  return found ?? (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

/** Keeps what another app has shared, and shows the page, which fetches it. */
async function takeShared(request) {
  const form = await request.formData();
  const file = form.getAll("file").find((one) => one instanceof File && one.size > 0);
  const texts = ["text", "url", "title"].map((field) => form.get(field)).filter((one) => typeof one === "string" && one);
  // Apps put a link into any of the fields, and words beside it.
  const text = texts.find((one) => /#(open|view|embed)=z\d/.test(one)) ?? texts[0];
  const name = encodeURIComponent(file?.name ?? "What was shared");
  const cache = await caches.open(SHARED);
  await cache.put("shared", new Response(file ?? text ?? "", { headers: { "X-Name": name } }));
  return Response.redirect("./#shared", 303);
}

/** Gives it once. */
async function giveShared() {
  const cache = await caches.open(SHARED);
  const found = await cache.match("shared");
  await cache.delete("shared");
  return found ?? new Response("", { status: 404 });
}
