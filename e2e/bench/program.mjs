// Programs of our own in a web worker, without the page: those of examples/ that listen by
// examples/in_worker/. ./dev builds them as it builds the worker.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { PATIENCE_MS } from "./worker.mjs";

/** The script and the bytes of a program, from the folder into which ./dev has built it. */
export function readProgram(folder, name, how) {
  const program = join(folder, `${name}_bg.wasm`);
  if (!existsSync(program)) throw new Error(`there is no ${program}: run ${how}`);
  return { script: readFileSync(join(folder, `${name}.js`), "utf8"), bytes: readFileSync(program).toString("base64") };
}

/** Starts a program in a worker of a page; gives what asks it, one text after the other. */
export async function start(page, { script, bytes }) {
  await page.goto("about:blank");
  await page.evaluate(
    async ({ script, bytes, patience }) => {
      const start = "onmessage = ({ data }) => { onmessage = null; wasm_bindgen({ module_or_path: data }).catch((error) => postMessage(`${error}`)); };";
      const worker = new Worker(URL.createObjectURL(new Blob([`${script};${start}`], { type: "text/javascript" })));
      const heard = () =>
        new Promise((done, fail) => {
          const late = setTimeout(() => fail(new Error(`no answer within ${patience / 1000} s`)), patience);
          worker.onmessage = ({ data }) => {
            clearTimeout(late);
            done(data);
          };
          worker.onerror = (event) => fail(new Error(event.message));
        });
      window.ask = async (text) => {
        const answer = heard();
        worker.postMessage(text);
        const said = await answer;
        if (typeof said === "string") throw new Error(said);
        return said;
      };
      const ready = heard();
      const program = await (await fetch(`data:application/wasm;base64,${bytes}`)).arrayBuffer();
      worker.postMessage(program, [program]);
      const said = await ready;
      if (said !== "ready") throw new Error(said);
    },
    { script, bytes, patience: PATIENCE_MS },
  );
  return (text) => page.evaluate((text) => window.ask(text), text);
}
