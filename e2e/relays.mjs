// Relays for the tests of rooms: the servers that people start, each as a program of its own on this
// computer, so that it can be killed and started again.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort } from "./engines/wait.mjs";

const program = (path) => fileURLToPath(new URL(path, import.meta.url));

/** By the name of its package: how the dialog calls what it speaks, its program, and what it says when it listens. */
const RELAYS = {
  "@y/websocket-server": {
    kind: "y-websocket",
    program: program("node_modules/@y/websocket-server/src/server.js"),
  },
  "y-websocket": { kind: "y-websocket", program: program("node_modules/y-websocket/bin/server.cjs") },
  "@hocuspocus/server": { kind: "Hocuspocus", program: program("hocuspocus.mjs") },
};
const LISTENS = /running/;

/** The names of all relays. */
export const RELAY_NAMES = Object.keys(RELAYS);

/** Before the program of a relay: it ends with the process that started it, however that one ends. */
const ENDS_WITH_US = 'data:text/javascript,process.stdin.on("end",()=>process.exit()).resume()';

/**
 * Starts a relay; it listens when this returns.
 *
 * `memory` says where it has its rooms: "process", as long as it runs, or "folder", also when it is
 * started again.
 *
 * @returns {Promise<Relay>}
 * @typedef {object} Relay
 * @property {string} name the package
 * @property {"y-websocket" | "Hocuspocus"} kind what it speaks
 * @property {() => string} address where it listens; another port after every start
 * @property {() => Promise<void>} stop ends it at once, as a crash does
 * @property {() => Promise<void>} start starts it again; with memory "process" it is empty then
 * @property {() => Promise<Buffer>} kept all that is in its folder, which has a change a moment after the pages have it
 * @property {() => Promise<void>} remove ends it, and what it has kept is gone
 */
export async function startRelay(name, { memory = "process" } = {}) {
  const { kind, program } = RELAYS[name];
  const folder = memory === "folder" ? await mkdtemp(join(tmpdir(), "loopstream-relay-")) : null;
  let running = null;

  async function start() {
    const port = await freePort();
    const env = { ...process.env, HOST: "127.0.0.1", PORT: String(port), ...(folder ? { YPERSISTENCE: folder } : {}) };
    const child = spawn(process.execPath, ["--import", ENDS_WITH_US, program], { env, stdio: "pipe" });
    running = { child, port };
    await listening(name, child);
  }

  async function stop() {
    if (!running) return;
    const { child } = running;
    running = null;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  await start();
  return {
    name,
    kind,
    address: () => {
      if (!running) throw new Error(`${name} does not run`);
      return `ws://127.0.0.1:${running.port}`;
    },
    start,
    stop,
    async kept() {
      const files = (await readdir(folder)).map((file) => join(folder, file));
      // Those of a data base come and go.
      return Buffer.concat(await Promise.all(files.map((file) => readFile(file).catch(() => Buffer.alloc(0)))));
    },
    async remove() {
      await stop();
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until a relay says that it listens. */
function listening(name, child) {
  return new Promise((done, fail) => {
    let said = "";
    const hear = (data) => {
      said += data;
      if (LISTENS.test(said)) done();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`${name} ended with ${code} before it listened: ${said}`)));
  });
}
