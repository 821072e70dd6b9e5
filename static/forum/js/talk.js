// The forum: links that copy themselves, Ctrl+Enter to send, quotes that wait at their end. Everything works without it.
import { say } from "../../site/js/toast.js";
import "./composer.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copies]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    say("The link to this post is copied.", "good");
  } catch {
    location.href = link.href;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form[data-composer]");
  if (form) form.requestSubmit(form.querySelector("button.button:not([name])"));
});

// "Quote" with words marked in that post quotes these words only.
document.addEventListener("htmx:configRequest", (event) => {
  const post = document.getElementById(event.detail.elt.dataset.quotes ?? "");
  const marked = getSelection();
  if (post && !marked.isCollapsed && post.contains(marked.anchorNode) && post.contains(marked.focusNode)) {
    event.detail.parameters.part = marked.toString().slice(0, 4000);
  }
});

// The next page of a topic, put below this one: where it begins is where you are, and the address is that page's.
const posts = document.getElementById("posts");
let last = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => detail.target === posts && (last = posts.lastElementChild));
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target !== posts || !last) return;
  let next = last.nextElementSibling;
  while (next && !next.matches("article")) next = next.nextElementSibling;
  last = null;
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
});

// A composer that opens with a quote in it waits for your words at the end.
function toTheEnd() {
  const box = document.querySelector(".composer textarea[autofocus]");
  if (box?.value) box.setSelectionRange(box.value.length, box.value.length);
}
document.addEventListener("htmx:afterSettle", toTheEnd);
toTheEnd();
