// A Hocuspocus server as people write one: its documentation's lines, and a folder where it keeps rooms.
//
//   PORT=1234 node e2e/hocuspocus.mjs          in memory
//   PORT=1234 YPERSISTENCE=FOLDER node ...     keeps what it has, as y-websocket's server does by that name

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { Server } from "@hocuspocus/server";
import * as Y from "yjs";

const { PORT, YPERSISTENCE: folder } = process.env;
const file = (room) => join(folder, Buffer.from(room).toString("hex"));

const keeping = {
  debounce: 0,
  async onLoadDocument({ documentName, document }) {
    const kept = await readFile(file(documentName)).catch(() => null);
    if (kept) Y.applyUpdate(document, kept);
  },
  onStoreDocument: ({ documentName, document }) => writeFile(file(documentName), Y.encodeStateAsUpdate(document)),
};

const server = new Server({ address: "127.0.0.1", port: Number(PORT), quiet: true, ...(folder ? keeping : {}) });
await server.listen();
console.log(`running on port ${PORT}`);
