// One's own words at once, before the room has them: pending, or not sent with the reason and what can be done.
function button(text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "link-button", textContent: text });
  made.addEventListener("click", act);
  return made;
}

export function echo(lines, entry, me) {
  const found = lines.querySelector(`:scope > .said[data-key="${CSS.escape(entry.key)}"]`);
  if (found) return found;
  const line = document.createElement("article");
  line.className = "said said-first said-mine said-pending";
  Object.assign(line.dataset, { key: entry.key, author: me, at: entry.at });
  const words = document.createElement("div");
  words.className = "said-text said-typed";
  words.textContent = entry.body;
  const state = document.createElement("p");
  state.className = "said-state quiet small";
  state.textContent = "Sending…";
  line.append(words, state);
  lines.querySelector(":scope > .chat-nothing")?.remove();
  lines.append(line);
  return line;
}

export function waits(line, why) {
  line.classList.add("said-pending");
  line.classList.remove("said-failed");
  line.querySelector(".said-state").textContent = why;
}

export function failed(line, why, { again, change, drop }) {
  line.classList.remove("said-pending");
  line.classList.add("said-failed");
  const state = line.querySelector(".said-state");
  state.replaceChildren(`Not sent. ${why} `, button("Try again", again), " ", button("Change it", change), " ", button("Throw it away", drop));
}
