// How many topics are new or unread, beside “Forum” in the header of every page a member looks at: asked at every joining, some moments after a hint (everybody
// hears it at once and should not ask at once), and when the page is looked at again.
import { live } from "../../live/js/live.js";

const SPREAD_MS = 1_500;
const CROWD_MS = 6_000;
const REST_MS = 5_000;
const link = document.querySelector('.site-nav a[href$="/forum/"]');

if (link) {
  const badge = document.createElement("span");
  const number = document.createElement("span");
  const words = document.createElement("span");
  badge.className = "nav-count";
  badge.hidden = true;
  words.className = "visually-hidden";
  words.textContent = " new or unread";
  badge.append(number, words);
  link.append(badge);

  let timer = 0;
  let askedAt = 0;

  const show = ({ new: fresh, unread, places }) => {
    const all = fresh + unread;
    badge.hidden = !all;
    number.textContent = all > 99 ? "99+" : all;
    for (const place of places) {
      if (!live.streams.has(`talk:${place}`)) live.join(`talk:${place}`, { onFrame: soon });
    }
  };

  function ask() {
    clearTimeout(timer);
    timer = 0;
    // Nobody looks: it is asked when they do.
    if (document.visibilityState !== "visible") return;
    askedAt = Date.now();
    talk.send("count", {}).then(show).catch(() => {});
  }

  function within(ms) {
    timer ||= setTimeout(ask, Math.max(askedAt + REST_MS - Date.now(), 0) + Math.random() * ms);
  }
  const soon = () => within(SPREAD_MS);

  // Whoever comes back comes with all the others: then there is time.
  const talk = live.join("talk:0", { onFrame: soon, onJoined: () => (askedAt ? within(CROWD_MS) : ask()) });
  document.addEventListener("visibilitychange", soon);
  document.addEventListener("topic:shown", soon);
}
