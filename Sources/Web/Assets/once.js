// When a request has been decided the next one takes its place under the pointer, and one that comes pushes others away. A
// click that was on its way by then, such as the second half of a double click, is not meant for what has come there.
(() => {
  const HARMLESS = 600; // milliseconds
  const NEAR = 16; // pixels, less than half a button
  const tops = () => new Map([...document.querySelectorAll("[data-request]")].map((card) => [card.id, card.getBoundingClientRect().top]));
  const moved = new Map();
  let before = new Map();
  document.addEventListener("htmx:before:swap", () => { before = tops(); });
  document.addEventListener("htmx:after:swap", () => {
    for (const [id, top] of tops()) {
      if (!before.has(id) || Math.abs(before.get(id) - top) > NEAR) moved.set(id, performance.now());
    }
  });
  document.addEventListener("click", (event) => {
    const card = event.target.closest(".verdicts button")?.closest("[data-request]");
    // Keys go to the button first, and then press it.
    if (!card || event.detail === 0 || performance.now() - (moved.get(card.id) ?? -Infinity) > HARMLESS) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
