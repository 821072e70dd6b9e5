// A rhythm by weekday needs no day of the month, and the other way round: show the one that counts.
const rhythm = document.querySelector("select[name=rhythm]");

function field(name) {
  return document.querySelector(`[name=${name}]`)?.closest(".field");
}

function show() {
  const byDay = rhythm.value.startsWith("day");
  for (const [name, counts] of [["month_day", byDay], ["weekday", !byDay]]) {
    const shown = field(name);
    if (shown) shown.hidden = !counts;
  }
}

if (rhythm) {
  rhythm.addEventListener("change", show);
  show();
}
