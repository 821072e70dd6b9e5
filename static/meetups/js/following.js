// An open agenda follows what others do: slots, speakers, topics and their votes. What you fill in or move is left alone.
import { live } from "../../live/js/live.js";
import { say } from "../../site/js/toast.js";
import { steadily, typed } from "./steady.js";

const place = document.querySelector("[data-agenda]");
const SOON_MS = 300;
const SPREAD_MS = 1200;
let timer = 0;
let waits = false;
let isTold = false;

function soon() {
  if (!timer) timer = setTimeout(() => draw().catch(() => {}), SOON_MS + Math.random() * SPREAD_MS);
}

// An order that is being made is nobody else's to change; it can be kept as it is, new slots go to its end.
function isBusy(root) {
  return root.querySelector(".is-held") !== null || (root.matches("[data-yours]") && typed(root).length > 0);
}

async function draw() {
  timer = 0;
  const answer = await fetch(`${place.dataset.here}?part=agenda`, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  waits = false;
  for (const old of document.querySelectorAll("[data-follows]")) {
    const fresh = page.getElementById(old.id);
    if (!fresh) continue;
    if (isBusy(old)) {
      waits = true;
      continue;
    }
    steadily(old, () => old.replaceWith(fresh));
    window.htmx?.process(fresh);
  }
  document.dispatchEvent(new CustomEvent("agenda:drawn"));
  if (waits && !isTold) say("Somebody else changed the agenda. Your order is still here; keep it, or load the page anew.", "good");
  isTold = waits;
}

if (place) {
  let wasJoined = false;
  live.join(place.dataset.agenda, {
    onFrame: ({ type }) => type === "agenda.changed" && soon(),
    onJoined() {
      if (wasJoined) soon(); // the line was lost, and something may have been missed
      wasJoined = true;
    },
  });
  if (place.dataset.topics) live.join(place.dataset.topics, { onFrame: ({ type }) => type.startsWith("proposal.") && soon() });
}
