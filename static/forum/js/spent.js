// How long a topic was in sight: who reads for some minutes follows it from then on. Told once a minute and on leaving, as the
// state of the clock, so that a report sent twice counts once.
const STEP_S = 5;
const REPORT_S = 60;
const ENOUGH_S = 300;
const place = document.querySelector("[data-spent]");

if (place) {
  let seconds = Number(place.dataset.seconds);
  let told = seconds;
  const tell = () => {
    if (seconds === told || told >= ENOUGH_S) return;
    told = seconds;
    const form = new FormData();
    form.set("seconds", String(seconds));
    form.set("csrfmiddlewaretoken", place.dataset.token);
    navigator.sendBeacon(place.dataset.spent, form);
  };
  const timer = setInterval(() => {
    if (document.visibilityState !== "visible") return;
    seconds = Math.min(seconds + STEP_S, ENOUGH_S);
    if (seconds - told >= REPORT_S || seconds >= ENOUGH_S) tell();
    if (seconds >= ENOUGH_S) clearInterval(timer);
  }, STEP_S * 1000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
}
