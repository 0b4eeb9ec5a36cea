// What a person does, over a driver:
//
//   go(url) reload() screenshot() resize(width, height) chooseFile(selector, file) close()
//   script(text, args)        runs an asynchronous script of WebDriver
//   actions(list) release()   the actions of WebDriver
//   window() openWindow() switchTo(window) closeWindow()

import { eventually } from "./wait.mjs";

/** The keys that WebDriver names by letters of its own. */
const KEYS = {
  Control: "\uE009", Shift: "\uE008", Alt: "\uE00A", Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004", ArrowDown: "\uE015", End: "\uE010",
};

const at = ({ x, y }, duration = 0) => ({ type: "pointerMove", duration, x: Math.round(x), y: Math.round(y), origin: "viewport" });
const DOWN = { type: "pointerDown", button: 0 };
const UP = { type: "pointerUp", button: 0 };

export function person(driver) {
  const mouse = (actions) => driver.actions([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }]);
  const keyboard = (actions) => driver.actions([{ type: "key", id: "keyboard", actions }]);

  /** Runs a function in the page, and gives what it gives, or what becomes of its promise. */
  async function run(inPage, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      const args = Array.from(arguments).slice(0, -1);
      new Promise((given) => given((${inPage}).apply(null, args)))
        .then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));`;
    const { value, error } = await driver.script(script, args);
    if (error) throw new Error(error);
    return value;
  }

  /** Waits until a function of the page gives something; `what` is told when it never does. */
  const until = (what, inPage, ...args) => eventually(what, () => run(inPage, ...args));

  const click = (place) => mouse([at(place), DOWN, UP]);

  /** Presses keys together: "Control+Shift+z". */
  async function press(keys) {
    const values = (keys === "+" ? ["+"] : keys.split("+")).map((key) => KEYS[key] ?? key);
    await keyboard([
      ...values.map((value) => ({ type: "keyDown", value })),
      ...values.toReversed().map((value) => ({ type: "keyUp", value })),
    ]);
  }

  return {
    ...driver,
    run,
    until,
    click,
    press,
    doubleClick: (place) => mouse([at(place), DOWN, UP, DOWN, UP]),
    drag: (from, to) => {
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      return mouse([at(from), DOWN, at(middle, 16), at(to, 16), at(to, 16), UP]);
    },
    type: (text) => keyboard([...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }])),
    /** Turns the wheel. */
    wheel: (place, deltaX, deltaY) => {
      const { x, y, origin } = at(place);
      const turn = { type: "scroll", x, y, origin, deltaX, deltaY, duration: 0 };
      return driver.actions([{ type: "wheel", id: "wheel", actions: [turn] }]);
    },
    hold: (key) => keyboard([{ type: "keyDown", value: KEYS[key] }]),
    letGo: (key) => keyboard([{ type: "keyUp", value: KEYS[key] }]),
  };
}
