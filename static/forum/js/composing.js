// Who is writing a reply: a hint between the members who read this topic, never kept, forgotten after some seconds.
import { live } from "../../live/js/live.js";

const TELL_EVERY_MS = 4_000;
const WRITES_FOR_MS = 8_000;
const MOST_NAMES = 3;
const place = document.getElementById("composing");

if (place) {
  const writing = new Map();
  // Until it is known whom you have blocked, nobody is shown.
  let blocked = null;
  let toldAt = 0;

  const show = () => {
    const now = Date.now();
    for (const [member, { until }] of writing) if (until < now) writing.delete(member);
    const names = [...writing.values()].map(({ name }) => name);
    const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`] : names;
    const text = names.length ? `${new Intl.ListFormat("en-GB").format(shown)} ${names.length > 1 ? "are" : "is"} writing…` : "";
    if (place.textContent !== text) place.textContent = text;
  };

  const stream = live.join(place.dataset.stream, {
    onJoined: () =>
      stream
        .send("blocked", {})
        .then((answer) => (blocked = new Set(answer.blocked)))
        .catch(() => {}),
    onFrame({ type, member, name }) {
      if (type !== "member.writes" || !blocked || blocked.has(member) || String(member) === place.dataset.me) return;
      writing.set(member, { name, until: Date.now() + WRITES_FOR_MS });
      show();
    },
    onLeft: () => writing.clear() ?? show(),
  });

  // What they wrote is there: whoever is still writing says so again.
  document.addEventListener("topic:arrived", () => {
    writing.clear();
    show();
  });
  setInterval(show, 1_000);

  // Replies only: a whisper is between those who look after the group.
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea") || !target.closest("form[data-composer]")?.action.includes(place.dataset.reply)) return;
    if (!stream.isJoined || Date.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = Date.now();
    stream.send("writes", {}).catch(() => {});
  });
}
