// A place may say what a new topic begins with: put there when the place is chosen, never over anything typed.
const form = document.querySelector("form[data-template]");
const place = form?.elements.namedItem("category");
const body = form?.elements.namedItem("body");
let begun = form?.method && !document.querySelector(".composer-preview:not(:empty)") ? body?.defaultValue ?? "" : "";

place?.addEventListener("change", async () => {
  if (body.value.trim() && body.value !== begun) return;
  const chosen = place.value;
  const answer = chosen ? await fetch(form.dataset.template.replace(/0\/$/, `${chosen}/`)).catch(() => null) : null;
  if (place.value !== chosen || (body.value.trim() && body.value !== begun)) return;
  begun = answer?.ok ? await answer.text() : "";
  body.value = begun;
});
