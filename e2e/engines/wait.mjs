// Waiting for what is to come.

import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until the answer is something; says what was waited for if it never is. */
export async function eventually(what, ask, limit = 10_000) {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${limit / 1000} s: ${what}`);
    await sleep(30);
  }
}

/** A port that nobody uses. */
export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
