// Seats and faces follow the answers of others. Without a line they wait for the next look at the page.
import { live } from "../../live/js/live.js";

const place = document.querySelector("[data-evening]");
const SOON_MS = 300;
const SPREAD_MS = 1500;
let timer = 0;

// What you are filling in is left alone: then only the count of seats changes.
function swap(page, id) {
  const old = document.getElementById(id);
  const fresh = page.getElementById(id);
  if (!old || !fresh) return;
  if (old.contains(document.activeElement) && document.activeElement.matches("select, button, input")) {
    const seats = fresh.querySelector(".seats");
    if (seats) old.querySelector(".seats")?.replaceWith(seats);
    return;
  }
  fresh.removeAttribute("hx-swap-oob");
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
}

async function refresh() {
  timer = 0;
  const answer = await fetch(`${location.pathname}?part=answers`);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["rsvp", "who"]) swap(page, id);
}

if (place) {
  live.join(place.dataset.evening, {
    onFrame({ type }) {
      if (type !== "rsvps.changed" || timer) return;
      timer = setTimeout(() => refresh().catch(() => {}), SOON_MS + Math.random() * SPREAD_MS);
    },
  });
}
