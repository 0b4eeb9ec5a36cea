// Makes the smallest page that shows Excalidraw, for the benchmark of loading.
//
//   node tools/load_peers.mjs --packages .tools/load
//
// Called by ./dev bench browser. What it makes is in dist/ of that folder; nothing of it is published.

import { createRequire } from "node:module";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { packages: { type: "string" } } });
const root = resolve(values.packages);
const require = createRequire(join(root, "package.json"));
const { build } = require("esbuild");

/** The moment it can be drawn on is when it hands out its interface, as its documentation says. */
const PAGE = `
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Excalidraw } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";

createRoot(document.getElementById("app")).render(
  createElement(Excalidraw, { excalidrawAPI: () => performance.mark("drawable") }),
);
`;
const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Excalidraw</title>
    <link rel="stylesheet" href="main.css">
    <style>html, body, #app { height: 100%; margin: 0; }</style>
    <script type="module" src="main.js"></script>
  </head>
  <body><div id="app"></div></body>
</html>
`;

await rm(join(root, "dist"), { recursive: true, force: true });
await mkdir(join(root, "dist"), { recursive: true });
await writeFile(join(root, "main.mjs"), PAGE);
await build({
  entryPoints: { main: join(root, "main.mjs") },
  outdir: join(root, "dist"),
  bundle: true,
  format: "esm",
  splitting: true,
  minify: true,
  target: "es2022",
  conditions: ["production"],
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".woff2": "file" },
  logLevel: "error",
});
await writeFile(join(root, "dist", "index.html"), HTML);
