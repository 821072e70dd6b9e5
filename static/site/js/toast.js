// A sentence at the foot of the window, gone after a while.
const STAYS_MS = 7000;

export function say(text, tone = "") {
  const place = document.getElementById("toasts");
  if (!place || !text) return;
  const toast = document.createElement("div");
  toast.className = tone ? `toast toast-${tone}` : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => toast.remove());
  toast.append(words, close);
  place.append(toast);
  setTimeout(() => toast.remove(), STAYS_MS);
}
