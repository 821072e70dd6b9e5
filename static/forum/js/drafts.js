// What you type in the forum is kept on the server a moment later. Without a script the button "Save draft" does it.
const PAUSE_MS = 1200;
const LEAVING_MOST = 60000; // what a browser still sends for a page that closes
const writing = new Map();

const field = (form) => form.querySelector("input[data-draft]");
const sequences = (place) => [...document.querySelectorAll("input[data-draft]")]
  .filter((each) => each.value === place)
  .map((each) => each.form.elements.sequence);

function tell(form, text, tone = "") {
  const state = form.querySelector(".draft-state");
  if (!state || state.textContent === text) return;
  state.textContent = text;
  state.dataset.tone = tone;
}

function again(form) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = "Keep this one instead";
  button.addEventListener("click", () => save(form));
  form.querySelector(".draft-state")?.append(" ", button);
}

// Two forms of one place on a page count together, so that neither takes the other for another device.
function next(form) {
  const all = sequences(field(form).value);
  const number = Math.max(...all.map((each) => Number(each.value) || 0)) + 1;
  for (const each of all) each.value = number;
  return number;
}

async function save(form, { isLeaving = false } = {}) {
  const state = writing.get(form);
  if (!state) return;
  clearTimeout(state.timer);
  state.isDirty = false;
  next(form);
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  const isSmall = [...body.values()].join("").length * 3 < LEAVING_MOST;
  state.sending?.abort();
  state.sending = new AbortController();
  try {
    const answer = await fetch(field(form).dataset.draft, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      keepalive: isLeaving && isSmall,
      signal: isLeaving ? undefined : state.sending.signal,
    });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return tell(form, "Draft kept", "good");
    if (answer.status === 410) return tell(form, said.text);
    tell(form, said.text ?? "Not kept as a draft. Your words stay on this page.", "bad");
    if (answer.status === 409) {
      for (const each of sequences(field(form).value)) each.value = said.sequence;
      again(form);
    } else state.isDirty = answer.status >= 500;
  } catch (error) {
    if (error.name === "AbortError") return;
    state.isDirty = true;
    tell(form, "No connection. Your words stay here and are kept when it is back.", "bad");
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || !field(form)) return;
  if (!writing.has(form)) writing.set(form, { timer: 0, isDirty: false, sending: null });
  const state = writing.get(form);
  state.isDirty = true;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), PAUSE_MS);
});

// It is being posted: what is still on its way must not come back as a draft.
document.addEventListener("submit", (event) => {
  const state = writing.get(event.target);
  if (!state || event.defaultPrevented) return;
  clearTimeout(state.timer);
  state.isDirty = false;
  state.sending?.abort();
});

const saveAll = (how) => writing.forEach((state, form) => state.isDirty && form.isConnected && save(form, how));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll({ isLeaving: true }));
addEventListener("pagehide", () => saveAll({ isLeaving: true }));
addEventListener("online", () => saveAll());
