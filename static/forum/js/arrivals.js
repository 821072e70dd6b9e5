// Replies that arrive while a topic is read: said in one line, fetched one by one when asked for. Nothing moves by itself.
import { live } from "../../live/js/live.js";
import { add as addClocks } from "../../site/js/when.js";

const MOST_FETCHED = 30;
const line = document.getElementById("arrivals");
const link = line?.querySelector("a");
const words = link?.querySelector("span");
const posts = document.getElementById("posts");
const arrived = new Map();

const numberOf = (post) => Number(post.id.slice(1));

function tell() {
  link.hidden = !arrived.size;
  if (!arrived.size) return;
  words.textContent = `${arrived.size} new ${arrived.size === 1 ? "reply" : "replies"}`;
  link.href = line.dataset.post.replace(/0$/, Math.min(...arrived.keys()));
}

// One post as this reader may see it; none where it was taken down meanwhile.
async function fetched(id) {
  const answer = await fetch(line.dataset.one.replace(/0\/$/, `${id}/`), { headers: { "X-Requested-With": "fetch" } });
  if (answer.status === 404) return null;
  if (!answer.ok || answer.redirected) throw new Error("not fetched");
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article.post");
}

// In the order of their numbers, below what is there: what you read stays where it is.
function put(post) {
  const next = [...posts.querySelectorAll(":scope > article")].find((there) => numberOf(there) > numberOf(post));
  next ? next.before(post) : posts.append(post);
  window.htmx?.process(post);
  addClocks(post);
}

async function load() {
  if (!line.dataset.one || arrived.size > MOST_FETCHED) return false;
  const fresh = [];
  for (const [number, id] of [...arrived].sort(([one], [other]) => one - other)) {
    const post = document.getElementById(`p${number}`) ? null : await fetched(id);
    arrived.delete(number);
    if (!post) continue;
    put(post);
    fresh.push(post);
  }
  if (!fresh.length) return true;
  document.dispatchEvent(new CustomEvent("topic:shown"));
  fresh[0].tabIndex = -1;
  fresh[0].focus({ preventScroll: true });
  fresh[0].scrollIntoView({ block: "nearest" });
  return true;
}

if (line) {
  let isLoading = false;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (isLoading) return;
    isLoading = true;
    const isShown = await load().catch(() => false);
    isLoading = false;
    if (isShown) tell();
    else location.href = link.href;
  });
  live.join(line.dataset.stream, {
    onFrame({ type, number, post }) {
      if (type !== "post.added" || number <= Number(line.dataset.last) || document.getElementById(`p${number}`)) return;
      arrived.set(number, post);
      document.dispatchEvent(new CustomEvent("topic:arrived"));
      tell();
    },
  });
}
