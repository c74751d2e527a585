// Lists to choose from: the arrow goes from the field into the list, Enter takes the first.
(() => {
  document.addEventListener("keydown", (event) => {
    if (!event.target.closest("[data-picker]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const first = document.querySelector("#picks .cover");
    if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.focus();
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-picker]")) return;
    const first = document.querySelector("#picks .cover");
    if (!first) return;
    event.preventDefault();
    first.click();
  });
})();
