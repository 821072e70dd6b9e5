// Light, dark, or as the device is. The choice is a cookie, so that the next page comes right from the start.
const root = document.documentElement;
const YEAR = 31536000;

function choose(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  document.cookie = `theme=${theme};path=/;max-age=${theme ? YEAR : 0};samesite=lax`;
}

for (const box of document.querySelectorAll("[data-theme-choice]")) {
  const show = () => {
    for (const button of box.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme ?? "")));
    }
  };
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    choose(button.value);
    show();
  });
  show();
  box.hidden = false;
}
