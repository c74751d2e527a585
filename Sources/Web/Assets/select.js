// Marks rows: how many are marked, all of a page, ranges with the shift key.
(() => {
  const boxes = () => [...document.querySelectorAll("#live .pick input")];
  let last = null;

  const settle = () => {
    const all = boxes(), marked = all.filter((box) => box.checked).length;
    const count = document.getElementById("selected-count"), head = document.getElementById("pick-all");
    if (count) {
      const words = `${marked} selected`;
      if (count.textContent !== words) count.textContent = words;
    }
    if (!head) return;
    head.checked = marked > 0 && marked === all.length;
    head.indeterminate = marked > 0 && marked < all.length;
  };

  const mark = (isMarked) => {
    for (const box of boxes()) box.checked = isMarked;
    settle();
  };

  document.addEventListener("click", (event) => {
    if (event.target.id === "pick-all") return mark(event.target.checked);
    if (event.target.closest("#select-none")) return mark(false);
    const box = event.target.closest(".pick")?.querySelector("input");
    if (!box || event.target !== box) return;
    const all = boxes(), from = all.indexOf(last), to = all.indexOf(box);
    if (event.shiftKey && from >= 0) {
      for (const between of all.slice(Math.min(from, to), Math.max(from, to) + 1)) between.checked = box.checked;
    }
    last = box;
    settle();
  });
  document.addEventListener("change", settle);
  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
  // What was done to the marked rows is done.
  document.addEventListener("sb:say", (event) => {
    if (event.target.closest?.("#asks") && !event.detail.bad) mark(false);
  });
})();
