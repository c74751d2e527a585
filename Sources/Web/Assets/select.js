// Marks rows: how many are marked, all of a page, ranges with the shift key.
(() => {
  const boxes = () => [...document.querySelectorAll("#live .pick input")];
  let last = null;

  // Only what can be done to one of them at least; what stands on other pages is not known here.
  const offer = (marked) => {
    const all = document.querySelector("#bulk [name=all]")?.checked;
    for (const button of document.querySelectorAll("#bulk [name=action]")) {
      const isOff = !all && marked.length > 0 && !marked.some((box) => box.dataset.can.split(" ").includes(button.value));
      button.disabled = isOff;
      button.title = isOff ? "Cannot be done to any of the selected tasks" : "";
    }
  };

  const settle = () => {
    const all = boxes(), marked = all.filter((box) => box.checked).length;
    const count = document.getElementById("selected-count"), head = document.getElementById("pick-all");
    if (count) {
      const words = `${marked} selected`;
      if (count.textContent !== words) count.textContent = words;
    }
    offer(all.filter((box) => box.checked));
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
