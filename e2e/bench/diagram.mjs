// Large diagrams for benchmarks and tests: the same from the same numbers, on every machine.

const WORDS = ["trust", "workload", "delivery rate", "defects found", "time for review", "pressure to ship", "backlog"];

/**
 * A diagram in Loopstream's own format: variables on a jittered grid about 220 x 130 apart, twice
 * as many links, most to near neighbours, a few far.
 */
export function diagram(variables, seed = 1) {
  const random = randomNumbers(seed);
  const below = (n) => Math.floor(random() * n);
  const columns = Math.ceil(Math.sqrt(variables));
  const places = Array.from({ length: variables }, (_, n) => ({
    id: `v${n.toString(36)}`,
    name: `${WORDS[below(WORDS.length)]} ${n}`,
    ...(below(10) === 0 && { kind: "stock" }),
    x: Math.round((n % columns) * 220 + (random() - 0.5) * 60),
    y: Math.round(Math.floor(n / columns) * 130 + (random() - 0.5) * 40),
  }));
  const links = Array.from({ length: 2 * variables }, (_, n) => {
    const from = below(variables);
    return {
      id: `l${n.toString(36)}`,
      from: places[from].id,
      to: places[below(25) === 0 ? below(variables) : neighbour(from)].id,
      polarity: "++++--?"[below(7)],
      ...(below(8) === 0 && { delayed: true }),
      bend: Math.round((random() - 0.5) * 80) / 100,
    };
  });
  return { format: "loopstream", version: 1, title: `${variables} variables`, variables: places, links };

  /** One of the eight around, or itself at the border. */
  function neighbour(from) {
    const to = from + below(3) - 1 + (below(3) - 1) * columns;
    return to >= 0 && to < variables ? to : from;
  }
}

/** Numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Drops a diagram on the page as a file, once the page hears it, and waits until it is shown. */
export async function drop(page, contents) {
  await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "diagram.json", { type: "application/json" }));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, JSON.stringify(contents));
  const words = `Diagram with ${contents.variables.length.toLocaleString("en-GB")} variables`;
  await page.locator(`#canvas[aria-label^="${words}"]`).waitFor();
}
