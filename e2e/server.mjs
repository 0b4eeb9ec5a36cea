// Serves dist/ as GitHub Pages would: under a sub-path, with its headers and none of our own.
//
//   node e2e/server.mjs [--port 4173] [--base /loopstream/] [--dir dist]

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** Where the build is: LOOPSTREAM_DIST names another folder than that of the release build. */
export const DIST =
  resolve(fileURLToPath(new URL("..", import.meta.url)), process.env.LOOPSTREAM_DIST ?? "dist") + sep;

/** What GitHub Pages compresses for a browser that takes it; pictures and fonts are compressed already. */
const COMPRESSED = new Set([".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest", ".xml"]);

/**
 * Starts a server; port 0 takes a free one. `gzip` sends compressed what GitHub Pages would.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} the page's address, and how to stop.
 */
export async function serve({ dir = DIST, base = "/loopstream/", port = 0, gzip = false } = {}) {
  const site = { root: resolve(dir), base, packed: gzip ? new Map() : null };
  const server = createServer((request, response) => {
    answer(site, request, response).catch((error) => {
      response.writeHead(500, { "Content-Type": TYPES[".txt"] }).end(String(error));
    });
  });
  await new Promise((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

async function answer({ root, base, packed }, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405).end();
    return;
  }
  const path = decoded(request.url.split("?")[0]);
  if (path !== null && `${path}/` === base) {
    response.writeHead(301, { Location: base }).end();
    return;
  }
  const found = path?.startsWith(base) ? await locate(root, path.slice(base.length)) : null;
  const file = found ?? (await locate(root, "404.html"));
  const plain = file ? await readFile(file) : Buffer.from("404: there is no such file\n");
  const takesGzip = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  const compressed = packed && file && takesGzip && COMPRESSED.has(extname(file));
  // Packed once, so that the time it takes is not measured.
  if (compressed && !packed.has(file)) packed.set(file, gzipSync(plain));
  const body = compressed ? packed.get(file) : plain;
  response.writeHead(found ? 200 : 404, {
    ...(compressed ? { "Content-Encoding": "gzip" } : {}),
    "Content-Type": TYPES[file ? extname(file) : ".txt"] ?? "application/octet-stream",
    "Content-Length": body.length,
    "Cache-Control": "max-age=600",
    "Access-Control-Allow-Origin": "*",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** The file behind a path, or null; a folder stands for its index.html; nothing outside the root. */
async function locate(root, path) {
  if (path.includes("\0")) return null;
  const file = resolve(join(root, path));
  if (file !== root && !file.startsWith(root + sep)) return null;
  const info = await stat(file).catch(() => null);
  if (info?.isFile()) return file;
  if (info?.isDirectory() && (path === "" || path.endsWith("/"))) return locate(root, join(path, "index.html"));
  return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "4173" }, base: { type: "string" }, dir: { type: "string" } },
  });
  const { url } = await serve({ ...values, port: Number(values.port) });
  console.log(`Serving ${values.dir ?? DIST} at ${url} (Ctrl-C stops it)`);
}
