// Slots are put in order by hand: drag a handle, or press the arrow keys on it. The numbers follow, and the form sends them.
import { say } from "../../site/js/toast.js";

const list = document.querySelector("[data-slots]");
const form = document.getElementById("places");
const UP = new Set(["ArrowUp", "ArrowLeft"]);
const DOWN = new Set(["ArrowDown", "ArrowRight"]);

function number() {
  for (const [index, line] of [...list.children].entries()) line.querySelector(".slot-place").value = index + 1;
}

function order() {
  return [...list.querySelectorAll(".slot-place")].map((field) => field.name).join();
}

// The line is moved while it is held, so the whole page is listened to: a captured pointer would be let go by that.
function drag(handle, event) {
  event.preventDefault();
  const line = handle.closest("li");
  const before = order();
  line.classList.add("is-held");

  function over({ clientY }) {
    const next = [...list.children].find((each) => {
      const box = each.getBoundingClientRect();
      return each !== line && clientY < box.top + box.height / 2;
    });
    if (next !== line.nextElementSibling) list.insertBefore(line, next ?? null);
  }

  function drop() {
    document.removeEventListener("pointermove", over);
    document.removeEventListener("pointerup", drop);
    document.removeEventListener("pointercancel", drop);
    line.classList.remove("is-held");
    number();
    if (order() !== before) form.requestSubmit();
  }

  document.addEventListener("pointermove", over);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
}

function step(handle, event) {
  const line = handle.closest("li");
  const isUp = UP.has(event.key);
  if (!isUp && !DOWN.has(event.key)) return;
  event.preventDefault();
  const beside = isUp ? line.previousElementSibling : line.nextElementSibling;
  if (!beside) return;
  if (isUp) beside.before(line);
  else beside.after(line);
  number();
  handle.focus();
  say(`Place ${[...list.children].indexOf(line) + 1} of ${list.children.length}. Press “Keep this order” when it is right.`, "good");
}

if (list && form) {
  for (const handle of list.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => event.button === 0 && drag(handle, event));
    handle.addEventListener("keydown", (event) => step(handle, event));
  }
}
