// Lists to choose from: the arrow goes from the field into the list, Enter takes the first of what was searched for, once it
// is there.
(() => {
  let isWanted = false;
  const isFound = (form) =>
    document.getElementById("picks")?.dataset.for.trim() === form.querySelector("[type=search]").value.trim();
  const first = () => document.querySelector("#picks .cover");

  document.addEventListener("keydown", (event) => {
    if (!event.target.closest("[data-picker]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" && first()) {
      event.preventDefault();
      first().focus();
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target.closest("[data-picker]")) isWanted = false;
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-picker]")) return;
    isWanted = !isFound(form);
    if (!isWanted && !first()) return;
    event.preventDefault();
    if (!isWanted) first().click();
    // Nothing may be under way, after a search that failed.
    else htmx.trigger(form.querySelector("[type=search]"), "sb:search");
  });
  document.addEventListener("htmx:after:swap", () => {
    const form = isWanted && document.querySelector("[data-picker]");
    if (!form || !isFound(form)) return;
    isWanted = false;
    first()?.click();
  });
})();
