// What every page may use: menus, dialogs, toasts, questions before an act, light or dark, the reader's clock.
import { say } from "./toast.js";
import "./theme.js";
import "./when.js";
import "./dialog.js";

// On a phone the tabs of a place are wider than the screen: the one you are on comes into sight.
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
  const tabs = here.closest(".tabs");
  tabs.scrollLeft = Math.max(0, here.offsetLeft + here.offsetWidth - tabs.offsetLeft - tabs.clientWidth + 24);
}

// Open menus close on a click elsewhere and on Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A response may say something in passing: HX-Trigger: {"toast": {"text": "…", "tone": "good"}}
document.addEventListener("toast", (event) => say(event.detail.text ?? event.detail.value, event.detail.tone));

document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  if (answer.getResponseHeader("HX-Trigger")?.includes("toast")) return;
  const why = { 403: "You may not do that.", 404: "It is no longer there.", 429: "That was a little fast. Wait a moment." };
  say(`${why[answer.status] ?? "That did not work."} What you typed is still here.`, "bad");
});
document.addEventListener("htmx:sendError", () => say("The line is down. What you typed is still here; try again in a moment.", "bad"));

// What has to be put right comes into sight, and the keyboard is there.
document.querySelector("main [aria-invalid=true]")?.focus();

// What follows the live line is for members only.
if (document.querySelector("[data-inbox]")) import("../../forum/js/waiting.js");
