// Speaking to the web worker as the page does, with lists of texts, and never waiting in vain.
//
// The worker says nothing to a request that it does not understand, and answers a document that it
// cannot read with an error. A benchmark that waits for the right answer alone would then wait for
// ever; here every wait has an end and says what came instead.

/** How long an answer may take, in ms. */
export const PATIENCE_MS = Number(process.env.LOOPSTREAM_BENCH_PATIENCE_MS ?? 120_000);

/** Puts `startWorker` into a page that is opened next. */
export const teach = (page) => page.addInitScript(install);

/** In the page, before its own scripts. */
function install() {
  /** Answers that say that something went wrong. */
  const ERRORS = ["refused", "not opened", "not compared", "stale"];

  /**
   * Starts the worker; gives it once it listens. `ask(texts)` sends a request. `hear(what, wanted)`
   * gives when the first answer came of which `wanted` holds, and the answer; call it before asking.
   */
  window.startWorker = async (patience) => {
    const worker = new Worker(document.querySelector("meta[name=workbench]").content);
    const heard = [];
    const waiting = new Set();
    const fail = (why) => {
      for (const one of [...waiting]) one.fail(why);
    };
    worker.addEventListener("error", (event) => fail(`the worker failed: ${event.message ?? "its script cannot be loaded"}`));
    worker.addEventListener("message", ({ data }) => {
      const [, name, ...rest] = data;
      if (heard.at(-1) !== name) heard.push(name);
      if (ERRORS.includes(name)) fail(`the worker answered "${name}" ${rest.filter(Boolean).slice(0, 2).join(": ")}`);
      for (const one of [...waiting]) if (one.wanted(data)) one.done(data);
    });
    const hear = (what, wanted) => {
      const answer = new Promise((resolve, reject) => {
        const end = (settle) => (value) => {
          clearTimeout(timer);
          waiting.delete(one);
          settle(value);
        };
        const one = {
          wanted,
          done: end((data) => resolve({ at: performance.now(), data })),
          fail: end((why) => reject(new Error(`waiting for ${what}: ${why}`))),
        };
        const timer = setTimeout(() => {
          const last = heard.slice(-6).join(", ") || "nothing";
          one.fail(`no such answer within ${patience / 1000} s; the last that came: ${last}`);
        }, patience);
        waiting.add(one);
      });
      // Whoever awaits it gets the error; until then it is not unhandled.
      answer.catch(() => {});
      return answer;
    };
    const it = { ask: (texts) => worker.postMessage(texts), hear, end: () => worker.terminate() };
    await hear("the worker to listen", (data) => data[1] === "ready");
    return it;
  };
}
