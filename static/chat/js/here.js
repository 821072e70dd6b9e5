// Who is here and who is writing: each page says so now and then, and what is not said again is forgotten.
const SAY_EVERY_MS = 60_000;
const HERE_FOR_MS = 150_000;
const WRITES_FOR_MS = 6_000;
const WRITES_EVERY_MS = 4_000;
const MOST_NAMES = 8;

const listed = (names) => new Intl.ListFormat("en-GB").format(names);

export class Here {
  #seen = new Map();
  #wroteAt = 0;

  constructor(place, stream, me) {
    Object.assign(this, { place, stream, me });
    setInterval(() => this.#show(), 2_000);
    setInterval(() => this.say(), SAY_EVERY_MS);
    document.addEventListener("visibilitychange", () => this.say());
  }

  say(writes = false) {
    if (document.visibilityState !== "visible" || !this.stream.isJoined) return;
    this.stream.send("here", { writes }).catch(() => {});
  }

  // Called for every key: told at most every few seconds.
  writes() {
    if (Date.now() - this.#wroteAt < WRITES_EVERY_MS) return;
    this.#wroteAt = Date.now();
    this.say(true);
  }

  hear({ member, name, writes }) {
    if (String(member) === this.me) return;
    const now = Date.now();
    const isNew = !this.#seen.has(member);
    this.#seen.set(member, { name, until: now + HERE_FOR_MS, writesUntil: writes ? now + WRITES_FOR_MS : 0 });
    this.#show();
    if (isNew) setTimeout(() => this.say(), Math.random() * 3_000);
  }

  // Their message is there: they are no longer writing it.
  said(member) {
    const entry = this.#seen.get(member);
    if (entry) entry.writesUntil = 0;
    this.#show();
  }

  #show() {
    const now = Date.now();
    for (const [member, { until }] of this.#seen) if (until < now) this.#seen.delete(member);
    const all = [...this.#seen.values()];
    const writing = all.filter(({ writesUntil }) => writesUntil > now).map(({ name }) => name);
    const names = all.slice(0, MOST_NAMES).map(({ name }) => name);
    if (all.length > names.length) names.push(`${all.length - names.length} more`);
    const text = writing.length ? `${listed(writing)} ${writing.length > 1 ? "are" : "is"} writing…` : names.length ? `Here with you: ${listed(names)}` : "";
    if (this.place.textContent !== text) this.place.textContent = text;
  }
}
