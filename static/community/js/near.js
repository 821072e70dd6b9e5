// Offers "use my position" beside the field that finds groups; the position leaves this page to two decimals only.

const offer = (form) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.textContent = "Use my position";
  const state = document.createElement("p");
  state.className = "quiet small";
  state.setAttribute("role", "status");
  button.addEventListener("click", () => locate(form, button, state));
  form.querySelector(".ask").append(button);
  form.append(state);
};

const locate = (form, button, state) => {
  button.disabled = true;
  state.textContent = "Asking your device where you are…";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const address = new URL(form.action);
      address.searchParams.set("lat", coords.latitude.toFixed(2));
      address.searchParams.set("lng", coords.longitude.toFixed(2));
      const km = form.elements.namedItem("km");
      if (km) address.searchParams.set("km", km.value);
      location.assign(address);
    },
    () => {
      button.disabled = false;
      state.textContent = "Your device did not say where it is. Type your town or postcode instead.";
    },
    { maximumAge: 600_000, timeout: 10_000 },
  );
};

if ("geolocation" in navigator && window.isSecureContext) document.querySelectorAll("[data-near]").forEach(offer);
