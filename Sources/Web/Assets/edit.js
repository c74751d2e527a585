// Fields that stand in the place of what they change: the cursor goes to them when they open, they close when it is done, and
// with Escape.
(() => {
  const places = "details[data-closes]";
  const enter = (place) => {
    const field = place.querySelector("input[type=text]");
    if (!field || place.contains(document.activeElement) && document.activeElement.matches("input")) return;
    field.focus();
    field.select();
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches?.(places)) enter(event.target);
  }, true);
  // The browser tells of the opening a moment after it: what is typed at once would be taken for keys of the page.
  document.addEventListener("click", (event) => {
    const place = event.target.closest(`${places} > summary`)?.parentElement;
    if (!place || event.defaultPrevented) return;
    event.preventDefault();
    place.open = !place.open;
    if (place.open) enter(place);
  });
  // It was opened before this script was there.
  for (const place of document.querySelectorAll(`${places}[open]`)) enter(place);

  const close = (place) => {
    const hadFocus = place.contains(document.activeElement);
    place.open = false;
    place.querySelector("form").reset();
    if (hadFocus) place.querySelector("summary").focus();
  };

  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    const place = sourceElement.closest?.(places);
    if (place && response.status === 204) close(place);
  });
  document.addEventListener("keydown", (event) => {
    const place = event.key === "Escape" && event.target.closest?.(`${places}[open]`);
    if (place) close(place);
  });
})();
