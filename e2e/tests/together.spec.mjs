// Several people on one diagram through each of the relays that people start.

import { expect } from "@playwright/test";

import { A, B, C, drag, variable } from "../page.mjs";
import { RELAY_NAMES } from "../relays.mjs";
import { join, middle, names, openRoom, openTitled, roomState, same, shows, test } from "../rooms.mjs";

for (const [turn, name] of RELAY_NAMES.entries()) {
  test(`three people draw on one diagram through ${name}, and one of them is cut off for a while`, async ({ meet, person }) => {
    const { line } = await meet(name, { seed: turn + 1 });
    const [ann, ben, cem] = [await person(), await person(), await person()];
    await openTitled(ann, "Why we are late");
    await variable(ann, "from the beginning", A);
    expect(line.came()).toBe(0);
    const { edit } = await openRoom(ann, line, "Ann");
    await Promise.all([join(ben, edit, "Ben"), join(cem, edit, "Cem")]);
    for (const guest of [ben, cem]) await shows(guest, 1);
    const { variables: [before] } = await same(ann, ben, cem);
    const place = await middle(ben);

    // What one draws the others see; what all do at once is in all.
    await variable(ben, "of Ben", B);
    for (const page of [ann, cem]) await shows(page, 2);
    line.worsen({ delay: 60, doubles: 0.2, reorders: 0.3 });
    await Promise.all([
      variable(ann, "of Ann", C),
      drag(ben, place, { x: place.x, y: place.y + 160 }),
      variable(cem, "of Cem", { x: 860, y: 300 }),
    ]);
    for (const page of [ann, ben, cem]) await shows(page, 4);
    const { variables } = await same(ann, ben, cem);
    expect(variables.find((one) => one.id === before.id).y).toBeGreaterThan(before.y + 100);

    // The line breaks: all go on, are told, and have everything of all when it is back.
    line.refuse();
    await Promise.all([
      variable(ann, "alone, Ann", { x: 200, y: 420 }),
      variable(ben, "alone, Ben", { x: 640, y: 420 }),
    ]);
    await expect(roomState(ann)).toContainText("sent later");
    await shows(ann, 5);
    await shows(cem, 4);
    line.heal();
    for (const page of [ann, ben, cem]) await shows(page, 6);
    for (const page of [ann, ben, cem]) await expect(roomState(page)).toHaveText(/^Kept here\./);
    const document = await same(ann, ben, cem);
    expect(document.title).toBe("Why we are late");
    expect(names(document)).toEqual(["alone, Ann", "alone, Ben", "from the beginning", "of Ann", "of Ben", "of Cem"]);
  });
}
