// A picture for the room: chosen, pasted or dropped; sent with what is written. Nothing is lost when the line is down.
const LINE_DOWN = "The line is down: the picture was not sent. It is kept here with your words; try again in a moment.";
const TOO_LARGE = "The picture is larger than we take. Your words are as you left them.";

export class PictureBox {
  #isSending = false;

  constructor(form, field) {
    this.form = form;
    this.box = form.querySelector(".chat-picture");
    this.file = form.elements.picture;
    this.words = form.elements.words;
    this.state = form.querySelector("#picture-state");
    this.file.addEventListener("change", () => this.#told(this.isThere ? `${this.file.files[0].name || "A picture"} goes with your next message.` : ""));
    field.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
    for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    form.addEventListener("drop", (event) => this.#take(event, event.dataTransfer));
  }

  get isThere() {
    return this.file.files.length > 0;
  }

  // One picture a message: the newest that was put here.
  #take(event, data) {
    const found = [...(data?.files ?? [])].find((file) => file.type.startsWith("image/"));
    if (!found) return;
    event.preventDefault();
    const holder = new DataTransfer();
    holder.items.add(found);
    this.file.files = holder.files;
    this.box.open = true;
    this.words.focus();
    this.#told(`${found.name || "The picture"} goes with your next message. Say what it shows.`);
  }

  #told(text, isBad = false) {
    this.state.textContent = text;
    this.state.classList.toggle("field-error", isBad);
  }

  // Under the form's own key, so that trying again is the same message. True when it was said.
  async send() {
    if (this.#isSending) return false;
    this.#isSending = true;
    this.#told("Sending …");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { "X-Requested-With": "fetch" } });
      const told = await answer.json().catch(() => ({ why: TOO_LARGE }));
      if (!answer.ok) return this.#told(told.why, true) ?? false;
      this.file.value = this.words.value = "";
      this.box.open = false;
      this.form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
      this.#told("");
      return true;
    } catch {
      this.#told(LINE_DOWN, true);
      return false;
    } finally {
      this.#isSending = false;
    }
  }
}
