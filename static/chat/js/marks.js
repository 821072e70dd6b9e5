// Faces, stars and answers on an open page: one press, and the room's own log says what came of it.
export function mark(line, { me, starred }) {
  for (const face of line.querySelectorAll(".face")) {
    const isMine = face.dataset.by.split(" ").includes(me);
    face.classList.toggle("face-mine", isMine);
  }
  line.classList.toggle("said-starred", starred.has(line.dataset.number));
}

export class Marks {
  #palette = document.getElementById("faces");
  #line = null;

  constructor(log, form, stream, reader) {
    Object.assign(this, { form, stream, reader });
    log.addEventListener("click", (event) => this.#pressed(event));
    this.#palette?.addEventListener("click", (event) => {
      const { face } = event.target.closest("button")?.dataset ?? {};
      if (!face || !this.#line) return;
      this.#palette.hidePopover();
      this.#react(this.#line, face);
    });
    form?.querySelector(".chat-answers a").addEventListener("click", (event) => {
      event.preventDefault();
      this.answer(null);
    });
  }

  // The number of the message that is being answered, if any.
  get answers() {
    return Number(this.form.elements.answers.value) || null;
  }

  answer(line) {
    const chip = this.form.querySelector(".chat-answers");
    this.form.elements.answers.value = line?.dataset.number ?? "";
    chip.querySelector("span").textContent = line ? `Answering ${line.querySelector(".person-name")?.textContent ?? "a former member"}` : "";
    chip.hidden = !line;
    if (line) this.form.elements.body.focus();
  }

  #pressed(event) {
    const link = event.target.closest("a.face, a.said-react, a.said-reply, a[data-answers]");
    const line = link?.closest(".said");
    if (!line || event.ctrlKey || event.metaKey || !this.stream.isJoined) return;
    if (link.dataset.answers) {
      const first = document.getElementById(`m${link.dataset.answers}`);
      if (!first) return;
      event.preventDefault();
      location.hash = first.id;
      return;
    }
    if (!this.form) return;
    event.preventDefault();
    if (link.matches(".face")) this.#react(line, link.dataset.face);
    else if (link.matches(".said-reply")) this.answer(line);
    else this.#open(link, line);
  }

  #open(link, line) {
    this.#line = line;
    const { left, bottom } = link.getBoundingClientRect();
    this.#palette.showPopover();
    const { width, height } = this.#palette.getBoundingClientRect();
    this.#palette.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    this.#palette.style.top = `${Math.min(bottom + 4, innerHeight - height - 8)}px`;
    this.#palette.querySelector("button").focus();
  }

  async #react(line, face) {
    const mine = line.querySelector(`.face[data-face="${face}"]`)?.classList.contains("face-mine") ?? false;
    try {
      const { message } = await this.stream.send("react", { number: Number(line.dataset.number), face, on: !mine });
      this.stream.hear(message);
    } catch (refusal) {
      this.onRefused?.(refusal);
    }
  }
}
