// Forms that want to know the reader's time zone: <input data-zone-field>, or a <select data-zone-select> left untouched.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("[data-zone-field]")) {
  if (zone && !field.value) field.value = zone;
}
