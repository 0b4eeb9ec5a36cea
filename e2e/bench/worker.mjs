// Speaking to the web worker as the page does, and never waiting in vain.
//
// A message is one buffer that `postcard` wrote: numbers as LEB128, a text as its length and its
// bytes, a number with fractions as eight bytes, a variant as its number. The numbers below are
// held by a test, `a_benchmark_can_speak_to_the_worker` in tests/it/worker/messages.rs.
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
  /** By the number of the answer: its name, and whether its first fields are texts or numbers. */
  const ANSWERS = {
    0: ["ready", ""],
    1: ["stale", ""],
    2: ["counts", "tttttn"],
    3: ["listing", "nnn"],
    4: ["shortest", "n"],
    9: ["arranged", "t"],
    11: ["not opened", "tt"],
    14: ["written", "ttttt"],
    17: ["not compared", "t"],
    23: ["refused", "t"],
  };

  /** A message of numbers, texts and `{ real }`, in the order of its fields. */
  const written = (message) => {
    const bytes = [];
    const number = (rest) => {
      for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
      bytes.push(rest);
    };
    for (const part of message) {
      if (typeof part === "number") number(part);
      else if (typeof part === "string") {
        const text = new TextEncoder().encode(part);
        number(text.length);
        for (const byte of text) bytes.push(byte);
      } else bytes.push(...new Uint8Array(new Float64Array([part.real]).buffer));
    }
    return new Uint8Array(bytes);
  };

  /** The number of the document, the name of the answer, and its first fields. */
  const read = (bytes) => {
    let at = 0;
    const number = () => {
      let [value, unit] = [0, 1];
      for (; bytes[at] > 127; at += 1, unit *= 128) value += (bytes[at] - 128) * unit;
      value += bytes[at] * unit;
      at += 1;
      return value;
    };
    const text = () => {
      const length = number();
      at += length;
      return new TextDecoder().decode(bytes.subarray(at - length, at));
    };
    const [revision, variant] = [number(), number()];
    const [name, fields] = ANSWERS[variant] ?? [`answer ${variant}`, ""];
    return [revision, name, ...[...fields].map((field) => (field === "t" ? text() : number()))];
  };

  /** Answers that say that something went wrong. */
  const ERRORS = ["refused", "not opened", "not compared", "stale"];

  /**
   * Starts the worker; gives it once it listens. `ask(message)` sends a request. `hear(what, wanted)`
   * gives when the first answer came of which `wanted` holds, and the answer; call it before asking.
   */
  window.startWorker = async (patience) => {
    const worker = new Worker(document.querySelector("meta[name=worker]").content);
    const heard = [];
    const waiting = new Set();
    const fail = (why) => {
      for (const one of [...waiting]) one.fail(why);
    };
    worker.addEventListener("error", (event) => fail(`the worker failed: ${event.message ?? "its script cannot be loaded"}`));
    worker.addEventListener("message", (event) => {
      const data = read(event.data);
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
    const it = { ask: (message) => worker.postMessage([written(message)]), hear, end: () => worker.terminate() };
    await hear("the worker to listen", (data) => data[1] === "ready");
    return it;
  };
}
