// Who watches a task sees its result come into a place of a fixed height, so that nothing below it moves; the rest is
// scrolled to, or shown with a button. The story above the steps has room for some more lines. Who opens the page later finds it as large as it is.
(() => {
  const root = document.documentElement;
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector(".results.awaited")) root.classList.add("holds-result");
    if (document.querySelector(".story.growing")) root.classList.add("holds-story");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-result]")) root.classList.remove("holds-result");
  });
})();
