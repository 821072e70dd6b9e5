// The lists are drawn anew whenever something changed in them; what is being typed is not touched.
import { live } from "../../live/js/live.js";

const lists = document.getElementById("questions");

async function draw() {
  const answer = await fetch(`${lists.dataset.here}?part=list`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const focused = document.activeElement?.closest(".question")?.id;
  lists.innerHTML = await answer.text();
  if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
}

let isDrawn = false;
live.join(lists.dataset.stream, {
  onFrame: (frame) => frame.type === "questions.changed" && draw(),
  // After a pause of the line something may have been missed.
  onJoined: () => (isDrawn ? draw() : (isDrawn = true)),
});
