// A reporter that says last, in two or three lines each, which tests failed and why: what is left of a
// long log is often its end.

/** How many are told. */
const MOST = 10;
const COLOURS = /\u001b\[[0-9;]*m/g;

export default class Failures {
  #failed = [];

  onTestEnd(test, result) {
    if (test.outcome() === "unexpected" && result.status !== "skipped") {
      this.#failed.push({ test, result });
    }
  }

  onEnd() {
    for (const { test, result } of this.#failed.slice(0, MOST)) {
      const { file, line } = test.location;
      console.log(`\n${file.split("/").pop()}:${line} ${test.title} (${result.status}, ${result.duration} ms)`);
      for (const error of result.errors) console.log(`  ${reason(error)}`);
    }
    if (this.#failed.length > MOST) console.log(`\n… and ${this.#failed.length - MOST} more`);
  }

  printsToStdio() {
    return false;
  }
}

/** The message of an error, and what was expected and came, on one line. */
function reason(error) {
  const lines = (error.message ?? String(error.value)).replace(COLOURS, "").split("\n").map((line) => line.trim());
  const { file = "", line = 0 } = error.location ?? {};
  const telling = /^(Locator|Expected|Received|Error):/;
  const told = [lines[0], ...lines.slice(1).filter((line) => telling.test(line))];
  return `${file.split("/").pop()}:${line} ${told.join("; ")}`.slice(0, 300);
}
