// Fields that stand in the place of what they change: the cursor goes to them when they open, they close when it is done, and
// with Escape.
(() => {
  document.addEventListener("toggle", (event) => {
    const field = event.target.open && event.target.matches?.("details[data-closes]") && event.target.querySelector("input[type=text]");
    if (!field) return;
    field.focus();
    field.select();
  }, true);

  const close = (place) => {
    const hadFocus = place.contains(document.activeElement);
    place.open = false;
    place.querySelector("form").reset();
    if (hadFocus) place.querySelector("summary").focus();
  };

  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    const place = sourceElement.closest?.("details[data-closes]");
    if (place && response.status === 204) close(place);
  });
  document.addEventListener("keydown", (event) => {
    const place = event.key === "Escape" && event.target.closest?.("details[data-closes][open]");
    if (place) close(place);
  });
})();
