// Replies that arrive while a topic is read: said in one line, shown when asked for. Nothing moves by itself.
import { live } from "../../live/js/live.js";
import { add as addClocks } from "../../site/js/when.js";

const line = document.getElementById("arrivals");
const link = line?.querySelector("a");
const words = link?.querySelector("span");
const posts = document.getElementById("posts");
const arrived = new Set();

function tell() {
  link.hidden = !arrived.size;
  if (!arrived.size) return;
  words.textContent = `${arrived.size} new ${arrived.size === 1 ? "reply" : "replies"}`;
  link.href = line.dataset.post.replace(/0$/, Math.min(...arrived));
}

// The page again: what it has more of is put at its end, so that what you read stays where it is.
async function load() {
  const answer = await fetch(location.pathname + location.search, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = [...page.querySelectorAll("#posts > article")].filter((post) => !document.getElementById(post.id));
  if (!fresh.length) return false;
  for (const post of fresh) {
    posts.append(post);
    window.htmx?.process(post);
    addClocks(post);
    arrived.delete(Number(post.id.slice(1)));
  }
  fresh[0].tabIndex = -1;
  fresh[0].focus({ preventScroll: true });
  fresh[0].scrollIntoView({ block: "nearest" });
  return true;
}

if (line) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const isShown = await load().catch(() => false);
    if (isShown) tell();
    else location.href = link.href;
  });
  live.join(line.dataset.stream, {
    onFrame({ type, number }) {
      if (type !== "post.added" || number <= Number(line.dataset.last) || document.getElementById(`p${number}`)) return;
      arrived.add(number);
      tell();
    },
  });
}
