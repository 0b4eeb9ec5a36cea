const steps = [...document.querySelectorAll("section")];
let now = 0;
function show(place) {
  now = Math.max(0, Math.min(steps.length - 1, place));
  steps.forEach((step, at) => step.classList.toggle("now", at === now));
  document.getElementById("place").textContent = `${now + 1} / ${steps.length}`;
  document.getElementById("back").disabled = now === 0;
  document.getElementById("next").disabled = now === steps.length - 1;
}
function go(place) {
  show(place);
  steps[now].focus({ preventScroll: true });
}
document.getElementById("back").onclick = () => go(now - 1);
document.getElementById("next").onclick = () => go(now + 1);
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const onButton = event.target.closest("button, a");
  if (onButton && (event.key === "Enter" || event.key === " ")) return;
  const places = { ArrowRight: now + 1, PageDown: now + 1, " ": now + 1, Enter: now + 1, ArrowLeft: now - 1, PageUp: now - 1, Backspace: now - 1, Home: 0, End: steps.length - 1 };
  const place = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : places[event.key];
  if (place === undefined) return;
  event.preventDefault();
  go(place);
});
let begun = null;
addEventListener("touchstart", (event) => { begun = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
addEventListener("touchend", (event) => {
  const end = event.changedTouches[0];
  if (!begun || Math.abs(end.clientX - begun.clientX) < 60 || Math.abs(end.clientY - begun.clientY) > 60) return;
  go(now + (end.clientX < begun.clientX ? 1 : -1));
});
document.body.classList.add("told");
document.querySelector("nav").hidden = false;
show(0);
