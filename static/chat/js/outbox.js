// What was typed and not yet said: kept in the browser until the room has it, whatever happens to the line or the page.
export class Outbox {
  constructor(room, me) {
    this.place = `chat:${me}:${room}`;
  }

  // Read afresh each time: another tab may have the same room open.
  #kept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.place)) ?? {};
      return { draft: kept.draft ?? "", waiting: kept.waiting ?? [] };
    } catch {
      return { draft: "", waiting: [] };
    }
  }

  #keep(kept) {
    try {
      if (kept.draft || kept.waiting.length) localStorage.setItem(this.place, JSON.stringify(kept));
      else localStorage.removeItem(this.place);
    } catch {
      // A full or forbidden storage: the words live as long as the page.
    }
  }

  get draft() {
    return this.#kept().draft;
  }

  set draft(text) {
    this.#keep({ ...this.#kept(), draft: text });
  }

  get waiting() {
    return this.#kept().waiting;
  }

  add(entry) {
    const { waiting } = this.#kept();
    this.#keep({ draft: "", waiting: [...waiting, entry] });
  }

  drop(key) {
    const { draft, waiting } = this.#kept();
    this.#keep({ draft, waiting: waiting.filter((each) => each.key !== key) });
  }
}
