// Who watches a task sees its result come into a place of a fixed height, so that nothing below it moves; the rest is
// scrolled to, or shown with a button. The story above the steps has room for some more lines. A card that says why it
// waits or has failed comes to the bottom of the window. Who opens the page later finds all of it in its place.
(() => {
  const root = document.documentElement;
  const cards = () => [...document.querySelectorAll("#going-on > section")].map((card) => card.id || card.className);
  // A click that was on its way when a card came is not meant for its buttons.
  const HARMLESS = 600; // milliseconds
  let shown = [], timer;
  const arrive = () => {
    root.classList.add("cards-arrive");
    clearTimeout(timer);
    timer = setTimeout(() => root.classList.remove("cards-arrive"), HARMLESS);
  };
  // Of what a program wrote, the end of what is shown tells most often why it has failed.
  const read = new WeakSet();
  const toTheEnd = () => {
    const evidence = document.getElementById("situation-output");
    if (!evidence || read.has(evidence)) return;
    read.add(evidence);
    evidence.scrollTop = evidence.scrollHeight;
  };
  document.addEventListener("DOMContentLoaded", () => {
    toTheEnd();
    if (document.querySelector(".results.awaited")) root.classList.add("holds-result");
    if (document.querySelector(".story.growing")) root.classList.add("holds-story");
    shown = cards();
    if (document.querySelector(".live-label") && !shown.length) root.classList.add("docks-cards");
  });
  // When what the page was opened with is settled, what comes next is news again.
  document.addEventListener("htmx:after:swap", () => {
    toTheEnd();
    const before = shown;
    shown = cards();
    if (shown.some((card) => !before.includes(card))) arrive();
    if (document.querySelector(".live-label") && !shown.length) root.classList.add("docks-cards");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-result]")) root.classList.remove("holds-result");
    if (!event.target.closest("[data-to-place]")) return;
    root.classList.remove("docks-cards");
    arrive();
    const place = document.getElementById("going-on");
    place.scrollIntoView({ block: "center" });
    // Not one of its buttons: the next press of the same key is not meant for it.
    place.querySelector("section").focus({ preventScroll: true });
  });
})();
