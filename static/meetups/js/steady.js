// Puts fresh HTML in place of old while somebody reads and types: what is typed, opened, focused and looked at stays.
const FIELDS = "input:not([type=hidden]), textarea, select";

function isTyped(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field instanceof HTMLSelectElement) return [...field.options].some((each) => each.selected !== each.defaultSelected);
  return field.value !== field.defaultValue;
}

export function typed(root) {
  return [...root.querySelectorAll(FIELDS)].filter((field) => field.id && isTyped(field));
}

// What the reader looks at, and where it stands: the field they are in, else what has a name and its top in sight.
function inSight() {
  const named = [...document.querySelectorAll("main [id]")];
  const focused = document.activeElement?.matches(FIELDS) ? [document.activeElement] : [];
  const seen = [...focused, ...named].map((each) => ({ each, id: each.id, box: each.getBoundingClientRect() }));
  return seen.filter(({ box }) => box.height && box.top >= 0 && box.top < innerHeight);
}

// The focused element by its own name, or as the nth of its kind in the nearest thing that has one.
function focusIn(root) {
  const focused = document.activeElement;
  if (!root.contains(focused) || focused === root) return null;
  if (focused.id) return () => document.getElementById(focused.id);
  const home = focused.parentElement.closest("[id]");
  const place = [...home.querySelectorAll(focused.tagName)].indexOf(focused);
  const { id } = home;
  return () => document.getElementById(id)?.querySelectorAll(focused.tagName)[place];
}

// `change` replaces `root` or what is in it; everything in it that has to be found again has an id.
export function steadily(root, change) {
  const seen = inSight();
  const focus = focusIn(root);
  const words = typed(root).map(({ id, value, checked }) => ({ id, value, checked }));
  const open = [...root.querySelectorAll("details[open][id]")].map(({ id }) => id);
  change();
  for (const { id, value, checked } of words) {
    const field = document.getElementById(id);
    if (field) Object.assign(field, "checked" in field && field.type !== "text" ? { value, checked } : { value });
  }
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  const again = focus?.();
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
  for (const { each, id, box } of seen) {
    const now = each.isConnected ? each : id ? document.getElementById(id) : null;
    if (!now) continue;
    scrollBy({ top: now.getBoundingClientRect().top - box.top, behavior: "instant" });
    return;
  }
}
