// The reader's own clock beside the clock of the place, where they differ: <time datetime data-zone>.
const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (mine && !document.cookie.split("; ").includes(`zone=${mine}`)) {
  document.cookie = `zone=${mine};path=/;max-age=31536000;samesite=lax`;
}

function clock(at, timeZone, withDay) {
  const parts = { hour: "2-digit", minute: "2-digit", timeZone, ...(withDay && { weekday: "long" }) };
  return new Intl.DateTimeFormat("en-GB", parts).format(at);
}

export function add(root = document) {
  for (const time of root.querySelectorAll("time[data-zone]")) {
    if (!time.dataset.zone || time.nextElementSibling?.classList.contains("when-yours")) continue;
    const at = new Date(time.dateTime);
    if (clock(at, time.dataset.zone, true) === clock(at, mine, true)) continue;
    const isSameDay = clock(at, mine, true).split(" ")[0] === clock(at, time.dataset.zone, true).split(" ")[0];
    const note = document.createElement("span");
    note.className = "when-yours";
    note.textContent = `(${clock(at, mine, !isSameDay)} your time)`;
    time.after(" ", note);
  }
}

if (mine) {
  add();
  document.addEventListener("htmx:load", (event) => add(event.target));
}
