// When a request has been decided the next one takes its place under the pointer, and one that comes pushes others away. A
// click that was on its way by then, such as the second half of a double click, is not meant for what has come there.
(() => {
  const HARMLESS = 600; // milliseconds
  const NEAR = 16; // pixels, less than half a button
  const cards = () => [...document.querySelectorAll("[data-request]")];
  const tops = () => new Map(cards().map((card) => [card.id, card.getBoundingClientRect().top]));
  const moved = new Map();
  let before = new Map();
  const isNew = (card) => performance.now() - (moved.get(card.id) ?? -Infinity) <= HARMLESS;
  const guard = () => { for (const card of cards()) card.classList.toggle("just-moved", isNew(card)); };
  document.addEventListener("htmx:before:swap", () => { before = tops(); });
  document.addEventListener("htmx:after:swap", () => {
    for (const [id, top] of tops()) {
      if (before.has(id) && Math.abs(before.get(id) - top) <= NEAR) continue;
      moved.set(id, performance.now());
      setTimeout(guard, HARMLESS + 10);
    }
    guard();
  });
  document.addEventListener("click", (event) => {
    const card = event.target.closest(".verdicts button")?.closest("[data-request]");
    // Keys go to the button first, and then press it.
    if (!card || event.detail === 0 || !isNew(card)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
