// Topics and votes follow what others do; what is being typed or pressed is not touched.
import { live } from "../../live/js/live.js";
import { steadily } from "./steady.js";

const lists = document.querySelector("#topics[data-stream]");
const SOON_MS = 300;
const SPREAD_MS = 1200;
let timer = 0;

async function draw() {
  timer = 0;
  const answer = await fetch(`${lists.dataset.here}?part=${lists.dataset.part ?? "list"}`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const html = await answer.text();
  steadily(lists, () => {
    lists.innerHTML = html;
  });
  window.htmx?.process(lists);
}

if (lists) {
  live.join(lists.dataset.stream, {
    onFrame({ type }) {
      if (!type.startsWith("proposal.") || timer) return;
      timer = setTimeout(draw, SOON_MS + Math.random() * SPREAD_MS);
    },
  });
}
