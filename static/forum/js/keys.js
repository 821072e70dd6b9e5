// The keyboard in the forum: j and k go from post to post or topic to topic, o opens, r replies, / searches, ? lists them.
// They rest while somebody writes, in a dialog, and beside Ctrl, Alt or Meta; and they can be switched off (WCAG 2.1.4).
const dialog = document.getElementById("keys");
const PLACES = "#posts > article, [data-row]";
const OFF = "forum-keys-off";

const places = () => [...document.querySelectorAll(PLACES)];
// A box to tick takes no letters: the one in the list of keys still has the focus for a moment after the list has closed.
const isWriting = (at) => at.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
const isOn = () => localStorage.getItem(OFF) === null;

// Where the reader is: what has the focus or was last gone to, else nothing.
let here = null;
const current = () => {
  const at = document.activeElement?.closest(PLACES);
  return at ?? (here?.isConnected ? here : null);
};

function go(step) {
  const all = places();
  if (!all.length) return;
  const at = all.indexOf(current());
  const wayOn = document.querySelector("[data-further]:not([hidden])");
  if (step > 0 && at === all.length - 1 && wayOn) return wayOn.click();
  const first = all.findIndex((place) => place.getBoundingClientRect().bottom > 80);
  const next = at >= 0 ? at + step : step > 0 ? Math.max(first, 0) : first - 1;
  here = all[Math.min(Math.max(next, 0), all.length - 1)];
  const target = here.querySelector(".name a") ?? here;
  if (target === here) here.tabIndex = -1;
  target.focus({ preventScroll: true });
  here.scrollIntoView({ block: here.clientHeight > innerHeight ? "start" : "nearest" });
}

function reply() {
  const link = current()?.querySelector("[data-reply]");
  if (link) link.click();
  else document.querySelector("#reply textarea")?.focus();
}

const ACTS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => current()?.querySelector(".name a")?.click(),
  r: reply,
  // Where the header is narrow, the box is not shown but a link to the page that searches.
  "/": () => [...document.querySelectorAll("#site-search, .site-search-link")].find((each) => each.checkVisibility())?.focus(),
  "?": () => dialog.showModal(),
};

if (dialog) {
  document.querySelector("[data-opens=keys]").hidden = !matchMedia("(hover: hover)").matches;
  const choice = dialog.querySelector("[data-keys-on]");
  choice.checked = isOn();
  choice.addEventListener("change", () => (choice.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes")));
  document.addEventListener("keydown", (event) => {
    const act = ACTS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) return;
    if (!isOn()) return;
    event.preventDefault();
    act();
  });
}
