// Puts messages where they belong: each once, by its number, the newest change winning, in whatever order they come.
import { mark } from "./marks.js";

const ONE_BREATH_MS = 5 * 60_000;
const MOST_LINES = 600;

const number = (line) => Number(line.dataset.number);
const said = (lines) => [...lines.querySelectorAll(":scope > .said:not([data-key])")];

// The words of somebody blocked are there for one who asks.
function fold(words) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  details.className = "said-fold";
  summary.className = "quiet";
  summary.textContent = "From someone you blocked";
  details.append(summary, ...words.childNodes);
  words.replaceChildren(details);
}

// What one reader sees of a line that is the same for all.
function dress(line, reader) {
  const { me, handle, blocked } = reader;
  const isMine = line.dataset.author === me;
  line.classList.toggle("said-mine", isMine);
  if (blocked.has(line.dataset.author)) fold(line.querySelector(".said-text"));
  const named = line.querySelector(`.said-text a[href="/members/${CSS.escape(handle)}/"]`);
  line.classList.toggle("said-mentions-you", Boolean(named) && !isMine);
  mark(line, reader);
}

// Answers the line, or null where the frame was old news or belongs to a page not shown here.
export function merge(lines, frame, reader) {
  const known = lines.querySelector(`:scope > .said[data-id="${frame.id}"]`);
  if (known && Number(known.dataset.changed) >= frame.seq) return null;
  const all = said(lines);
  const isBefore = all.length > 0 && frame.number < number(all[0]);
  if (!known && isBefore && lines.querySelector(":scope > .chat-earlier")) return null;
  const holder = document.createElement("template");
  holder.innerHTML = frame.html;
  const line = holder.content.firstElementChild;
  dress(line, reader);
  lines.querySelector(`:scope > .said[data-key="${CSS.escape(frame.key)}"]`)?.remove();
  lines.querySelector(":scope > .chat-nothing")?.remove();
  if (known) known.replaceWith(line);
  else {
    const next = all.find((each) => number(each) > frame.number);
    const firstEcho = lines.querySelector(":scope > .said[data-key]");
    if (next) next.before(line);
    else if (firstEcho) firstEcho.before(line);
    else lines.append(line);
  }
  return line;
}

function day(at, zone) {
  const part = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(at);
  const text = `${part({ weekday: "long" })} ${part({ day: "numeric", month: "long" })}`;
  const year = part({ year: "numeric" });
  return year === new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric" }).format(new Date()) ? text : `${text} ${year}`;
}

// A page that is open all evening does not grow for ever; what goes at the top can be asked for again.
export function trim(lines) {
  const all = said(lines);
  const surplus = all.splice(0, Math.max(0, all.length - MOST_LINES));
  if (!surplus.length) return;
  for (const line of surplus) line.remove();
  const link = lines.querySelector(":scope > .chat-earlier") ?? document.createElement("a");
  link.className = "button button-quiet button-small chat-earlier";
  link.href = `?before=${number(all[0])}`;
  link.textContent ||= "Earlier";
  lines.prepend(link);
}

// Day headings, and one name over what was said in one breath.
export function arrange(lines, zone) {
  for (const heading of lines.querySelectorAll(":scope > .chat-day")) heading.remove();
  let before = null;
  let today = "";
  for (const line of lines.querySelectorAll(":scope > .said")) {
    const at = new Date(line.dataset.at);
    const name = day(at, zone);
    if (name !== today) {
      const heading = document.createElement("h2");
      heading.className = "chat-day";
      heading.textContent = name;
      const unread = line.previousElementSibling?.matches(".unread-line") ? line.previousElementSibling : line;
      unread.before(heading);
    }
    const goesOn = before && !line.querySelector(":scope > .said-answers") && name === today && before.dataset.author === line.dataset.author && at - new Date(before.dataset.at) < ONE_BREATH_MS;
    line.classList.toggle("said-first", !goesOn);
    [before, today] = [line, name];
  }
}
