// Slots are put in order by hand: drag a handle, or press the arrow keys on it. The numbers follow, and the form sends them.
import { say } from "../../site/js/toast.js";

const slots = () => document.querySelector("[data-slots]");
const UP = new Set(["ArrowUp", "ArrowLeft"]);
const DOWN = new Set(["ArrowDown", "ArrowRight"]);

function number() {
  for (const [index, line] of [...slots().children].entries()) line.querySelector(".slot-place").value = index + 1;
}

function order() {
  return [...slots().querySelectorAll(".slot-place")].map((field) => field.name).join();
}

// The line is moved while it is held, so the whole page is listened to: a captured pointer would be let go by that.
function drag(handle, event) {
  event.preventDefault();
  const line = handle.closest("li");
  const list = slots();
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
    if (order() !== before) document.getElementById("places").requestSubmit();
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
  const all = [...slots().children];
  say(`Place ${all.indexOf(line) + 1} of ${all.length}. Press “Keep this order” when it is right.`, "good");
}

function show() {
  for (const handle of document.querySelectorAll("[data-handle][hidden]")) handle.hidden = false;
}

// The list is drawn anew when others change the agenda (following.js), so the page is listened to, not each handle.
document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (handle && event.button === 0) drag(handle, event);
});
document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (handle) step(handle, event);
});
document.addEventListener("agenda:drawn", show);
show();
