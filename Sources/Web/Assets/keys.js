// Keys of lists: / searches, j and k or the arrows go from row to row, x marks one, Enter opens it as any link.
(() => {
  const isTyping = (element) => element.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

  const move = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    const place = rows.indexOf(document.activeElement.closest("[data-row]"));
    const row = rows[place < 0 ? (by > 0 ? 0 : rows.length - 1) : place + by];
    row?.querySelector(".cover").focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    return row;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const search = document.getElementById("search");
    if (event.key === "Escape" && event.target === search && !search.value) return search.blur();
    if (isTyping(event.target)) return;
    const row = event.target.closest("[data-row]");
    if (event.key === "/" && search) {
      search.focus();
      search.select();
    } else if (event.key === "j" || (row && event.key === "ArrowDown")) {
      if (!move(1)) return;
    } else if (event.key === "k" || (row && event.key === "ArrowUp")) {
      if (!move(-1)) return;
    } else if (event.key === "x" && row) {
      row.querySelector(".pick input").click();
    } else return;
    event.preventDefault();
  });
})();
