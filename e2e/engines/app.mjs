// What a person does with Loopstream, in words; places are CSS pixels from the corner of the canvas.

/** Where most tests draw: far from the middle, where an empty canvas has its words. */
export const A = { x: 200, y: 120 };
export const B = { x: 640, y: 120 };
export const C = { x: 420, y: 560 };

/** Where the rim of a variable with a short name is, under it. */
const rim = ({ x, y }) => ({ x, y: y + 20 });

export function app(person) {
  const { run, until, press } = person;

  /** Waits until the page can be drawn on. */
  const ready = () => until("the page can be drawn on", () => performance.getEntriesByName("drawable").length > 0);

  const onPage = async ({ x, y }) => {
    const corner = await run(() => {
      const { left, top } = document.querySelector("#canvas").getBoundingClientRect();
      return { left, top };
    });
    return { x: corner.left + x, y: corner.top + y };
  };

  const text = (selector) => run((selector) => document.querySelector(selector)?.innerText ?? "", selector);
  const shows = (selector, words) =>
    until(`"${words}" is read in ${selector}`, (selector, words) => {
      return [...document.querySelectorAll(selector)].some((one) => one.innerText.includes(words));
    }, selector, words);
  const gone = (selector) => until(`${selector} is gone`, (selector) => !document.querySelector(selector), selector);
  const focusCanvas = () => run(() => document.querySelector("#canvas").focus());

  /** The text field is there and has the focus. */
  const fieldOpens = () =>
    until("a field for a name has the focus", () => document.activeElement?.classList.contains("text-field"));

  async function variable(name, place) {
    await person.doubleClick(await onPage(place));
    await fieldOpens();
    await person.type(name);
    await press("Enter");
    await gone(".text-field");
  }

  /** Draws a link from a variable's rim to another variable; it is selected then. */
  async function link(from, to, sign) {
    await person.drag(await onPage(rim(from)), await onPage(to));
    await until("the bar of the link is there", () => document.querySelector(".context-bar"));
    await press(sign);
  }

  /** Where the button, entry, tab or link is that is called so, once it is there. */
  async function placeOf(name) {
    return until(`there is something to press called "${name}"`, (name) => {
      const all = [...document.querySelectorAll("button, a, [role=menuitem], [role=tab]")];
      const seen = all.filter((one) => one.getClientRects().length > 0);
      const called = (one) => one.getAttribute("aria-label") ?? one.innerText.trim();
      const found = seen.find((one) => called(one) === name) ?? seen.find((one) => called(one).startsWith(name));
      if (!found) return null;
      found.scrollIntoView({ block: "nearest" });
      const { left, top, width, height } = found.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, name);
  }

  const pressButton = async (name) => person.click(await placeOf(name));

  /** The field of a dialog that has this label, once it is there: it is chosen, gets the option of these words, or is read. */
  const inField = (label, what, words) =>
    until(`there is a field called "${label}"`, (label, what, words) => {
      const labels = [...document.querySelectorAll("dialog[open] label")];
      const field = labels.find((one) => one.innerText.trim() === label)?.control;
      if (!field) return null;
      if (what === "read") return field.value;
      field.focus();
      if (what === "choose") field.select();
      if (what === "option") {
        field.value = [...field.options].find((one) => one.text === words).value;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
      return true;
    }, label, what, words);

  /** Puts words into a field of a dialog, in the place of what is there. */
  async function fill(label, words) {
    await inField(label, "choose");
    await person.type(words);
  }

  /** Chooses what is called so in a field of a dialog. */
  const select = (label, words) => inField(label, "option", words);

  /** What is in a field of a dialog, once there is something. */
  const fieldValue = (label) => inField(label, "read");

  async function choose(menu, entry) {
    await pressButton(menu);
    await until(`the menu ${menu} is open`, () => document.querySelector("[role=menu]"));
    await pressButton(entry);
  }

  /** What the page downloads when `act` is done: its name, its address, and its text if it has one. */
  async function downloaded(act) {
    await run(() => {
      window.downloads.length = 0;
    });
    await act();
    return until("something is downloaded", async () => {
      const [file] = window.downloads;
      return file && { name: file.name, address: file.address, text: (await file.blob?.text()) ?? "" };
    });
  }

  /** The text of the open document, as its file has it. */
  async function fileText() {
    await focusCanvas();
    return (await downloaded(() => press("Control+s"))).text;
  }

  return {
    ...person,
    ready,
    onPage,
    text,
    shows,
    gone,
    focusCanvas,
    fieldOpens,
    variable,
    link,
    placeOf,
    pressButton,
    fill,
    select,
    fieldValue,
    choose,
    downloaded,
    fileText,
    document: async () => JSON.parse(await fileText()),
    zoom: () => text(".zoom-value"),

    async drawRing() {
      await variable("batch size", A);
      await variable("risk", B);
      await variable("fear", C);
      await link(A, B, "+");
      await link(B, C, "+");
      await link(C, A, "-");
      await press("Escape");
    },

    async openTemplate(title) {
      await choose("File", "Open a template");
      await until("the templates are listed", () => document.querySelectorAll(".template").length > 10);
      await pressButton(title);
      await until(`${title} is open`, (title) => document.title.startsWith(title), title);
      await gone("dialog[open]");
    },
  };
}
