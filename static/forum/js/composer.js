// The composer: marks round what is selected, pictures chosen, pasted or dropped, the server's own preview beside.
// The form works without it: Markdown by hand, a file field, a preview button.
import { say } from "../../site/js/toast.js";

const AROUND = { bold: ["**", "**", "bold words"], italic: ["*", "*", "words"], link: ["[", "](https://)", "words"], code: ["`", "`", "code"] };
const BEFORE = { quote: "> ", list: "- " };
const KEYS = { b: "bold", i: "italic", k: "link" };
const WORDS = "Say what it shows";
const PAUSE = 700;

function put(box, text, from, to, selectFrom = text.length, selectTo = selectFrom) {
  box.focus();
  box.setSelectionRange(from, to);
  // Typed like a key press, so that Ctrl+Z takes it back; where that is not possible, put in place.
  if (!document.execCommand("insertText", false, text)) box.setRangeText(text, from, to, "end");
  box.setSelectionRange(from + selectFrom, from + selectTo);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function mark(box, kind) {
  const { selectionStart: from, selectionEnd: to, value } = box;
  const chosen = value.slice(from, to);
  if (kind in AROUND) {
    const [open, close, words] = AROUND[kind];
    const inside = chosen || words;
    return put(box, open + inside + close, from, to, open.length, open.length + inside.length);
  }
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const lines = value.slice(start, to);
  if (kind === "fold") {
    const inside = lines || "What is folded away";
    return put(box, `::: spoiler\n${inside}\n:::\n`, start, to, 12, 12 + inside.length);
  }
  if (kind === "poll") {
    const lead = value.slice(0, to).trim() ? "\n\n" : "";
    const question = "What would you like to know?";
    const poll = `${lead}::: poll ${question}\nchoose: one\n- First choice\n- Second choice\n:::\n`;
    return put(box, poll, to, to, lead.length + 9, lead.length + 9 + question.length);
  }
  return put(box, lines.split("\n").map((line) => BEFORE[kind] + line).join("\n"), start, to);
}

async function send(form, box, file) {
  const state = form.querySelector(".composer-state");
  const holder = form.querySelector(".composer-picture");
  const words = form.querySelector("[name=picture_words]");
  const at = box.selectionEnd;
  const data = new FormData();
  data.append("picture", file);
  data.append("words", words?.value ?? "");
  state.textContent = `Sending ${file.name || "the picture"} …`;
  try {
    const answer = await fetch(holder.dataset.send, {
      method: "POST", body: data, headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
    });
    const told = await answer.json().catch(() => ({ why: "The picture is larger than we take. Your text is as you left it." }));
    state.textContent = "";
    if (!answer.ok) return say(told.why, "bad");
    const lead = at && box.value[at - 1] !== "\n" ? "\n\n" : "";
    const said = told.markdown.indexOf("](");
    put(box, `${lead}${told.markdown}\n`, at, at, lead.length + 2, lead.length + said);
    if (words) words.value = "";
    if (told.markdown.startsWith(`![${WORDS}]`)) state.textContent = "Type what the picture shows, for those who cannot see it.";
  } catch {
    state.textContent = "";
    say("The line is down: the picture was not sent. Your text is still here.", "bad");
  }
  return undefined;
}

async function sendAll(form, box, files) {
  for (const file of files) if (file.type.startsWith("image/")) await send(form, box, file);
}

const pictures = (list) => [...(list ?? [])].filter((file) => file.type.startsWith("image/"));

function look(form, is) {
  form.toggleAttribute("data-looks", is);
  for (const each of form.querySelectorAll("[data-view]")) each.setAttribute("aria-pressed", String((each.dataset.view === "look") === is));
  if (is) form.querySelector("[name=preview]").click();
}

function ready(form) {
  const box = form.querySelector("textarea");
  const tools = form.querySelector(".composer-tools");
  if (!box || !tools || form.classList.contains("is-ready")) return;
  form.classList.add("is-ready");
  tools.hidden = false;
  box.before(tools);
  const chosen = form.querySelector("[name=picture]");
  let later;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.mark) mark(box, button.dataset.mark);
    if (button?.dataset.view) look(form, button.dataset.view === "look");
    if (button && "picture" in button.dataset) chosen.click();
  });
  box.addEventListener("keydown", (event) => {
    const kind = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && KEYS[event.key];
    if (!kind) return;
    event.preventDefault();
    mark(box, kind);
  });
  box.addEventListener("paste", (event) => {
    const found = pictures(event.clipboardData?.files);
    if (!found.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    sendAll(form, box, found);
  });
  box.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => {
    box.classList.remove("is-over");
    const found = pictures(event.dataTransfer?.files);
    if (!found.length) return;
    event.preventDefault();
    sendAll(form, box, found);
  });
  chosen.addEventListener("change", async () => {
    await sendAll(form, box, [...chosen.files]);
    chosen.value = "";
  });
  box.addEventListener("input", () => {
    clearTimeout(later);
    if (form.hasAttribute("data-looks") && matchMedia("(min-width: 64rem)").matches) {
      later = setTimeout(() => form.querySelector("[name=preview]").click(), PAUSE);
    }
  });
}

const all = () => document.querySelectorAll("form[data-composer]").forEach(ready);
document.addEventListener("htmx:afterSettle", all);
all();
