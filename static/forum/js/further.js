// A list goes on in place: the next page's rows below the ones that are there, read from that page itself, whose address the
// bar then shows. Which pages are open is kept with the entry in the history, so coming back finds them, and the place in them.
import { say } from "../../site/js/toast.js";
import { add as addClocks } from "../../site/js/when.js";

const MOST_BROUGHT_BACK = 20;
const list = document.querySelector("ul[data-rows]");
const button = document.querySelector("[data-further]");
const link = button?.parentElement.querySelector("a[rel=next]");
const word = document.getElementById("further-said");
const here = location.pathname + location.search;
const rowsOf = (place) => [...place.querySelectorAll("ul[data-rows] > [data-row]")];

async function page(address) {
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || answer.redirected) throw new Error("not fetched");
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Below or above what is there; a topic that moved up in the meantime stands on both pages, and is shown once.
function put(found, below = true) {
  const known = new Set([...list.children].map((row) => row.dataset.row));
  const fresh = rowsOf(found).filter((row) => !known.has(row.dataset.row));
  below ? list.append(...fresh) : list.prepend(...fresh);
  for (const row of fresh) {
    window.htmx?.process(row);
    addClocks(row);
  }
  return fresh;
}

function showWayOn(next) {
  if (next) link.setAttribute("href", next);
  button.hidden = !next;
}

function keep(pages, more = {}) {
  history.replaceState({ ...history.state, pages, ...more }, "", pages.at(-1));
}

async function further() {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const address = link.getAttribute("href");
  try {
    const found = await page(address);
    const fresh = put(found);
    keep([...(history.state?.pages ?? [here]), new URL(address, location.href).search]);
    showWayOn(found.querySelector("nav a[rel=next]")?.getAttribute("href"));
    word.textContent = `${fresh.length} more shown${button.hidden ? ", and that is all" : ""}.`;
    fresh[0]?.querySelector(".name a").focus({ preventScroll: true });
    fresh[0]?.scrollIntoView({ block: "nearest" });
  } catch {
    say("The line is down. The list is as it was; try again in a moment.", "bad");
  }
  button.removeAttribute("aria-disabled");
}

// Back, or read anew: the bar names the last page, and those before it come again, with the row that was at the top.
async function bringBack({ pages, row, top }) {
  history.scrollRestoration = "manual";
  const earlier = pages.slice(0, -1).slice(-MOST_BROUGHT_BACK);
  const found = await Promise.all(earlier.map(page));
  if (earlier.length === pages.length - 1) bringFront(found[0]);
  for (const each of found.reverse()) put(each, false);
  const there = [...list.children].find((each) => each.dataset.row === row);
  if (there) scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
}

// With the first page comes what stands above it alone, and there is no way to it any more.
function bringFront(first) {
  const front = first.querySelector("[data-front]");
  if (front && !document.querySelector("[data-front]")) list.closest("section").before(front);
  const newest = document.querySelector("[data-newest]");
  if (newest) newest.hidden = !first.querySelector("[data-newest]");
}

// Where the reader is: the row that is gone to, else the first one in sight.
addEventListener("pagehide", () => {
  const pages = history.state?.pages;
  if (!pages) return;
  const focused = document.activeElement?.closest("[data-row]");
  const at = focused ?? rowsOf(document).find((row) => row.getBoundingClientRect().bottom > 0);
  if (at) keep(pages, { row: at.dataset.row, top: at.getBoundingClientRect().top });
});

if (list && button) {
  showWayOn(link?.getAttribute("href"));
  if (link) link.hidden = true;
  button.addEventListener("click", further);
}
if (list && history.state?.pages?.length > 1) bringBack(history.state).catch(() => {});
