// Questions that the server asks before it does something: a dialog that has come into its place opens, and goes when it
// is closed.
document.addEventListener("htmx:after:swap", () => {
  document.querySelector("#asks > dialog:not([open])")?.showModal();
});
document.addEventListener("close", (event) => {
  if (event.target.matches("#asks > dialog")) event.target.remove();
}, true);
