// The timeline stays at its newest event while one looks at it; further up it says how many have come, and nothing moves.
// What is being said between two events comes as an event of the stream of its own.
(() => {
  const box = () => document.getElementById("timeline-scroll");
  const isAtEnd = (element) => element.scrollHeight - element.scrollTop - element.clientHeight < 60;
  const newest = (element) => Number(element.querySelector("li[id^=event-]:last-child")?.id.slice("event-".length) ?? 0);
  let current = null, follows = true, seen = 0;

  const end = () => { current.scrollTop = current.scrollHeight; };

  const settle = () => {
    const element = box(), button = document.getElementById("timeline-new");
    if (!element) { current = null; return; }
    if (element !== current) {
      current = element;
      follows = "newest" in element.dataset && !location.hash;
      element.addEventListener("scroll", () => {
        follows = "newest" in element.dataset && isAtEnd(element);
        if (follows) settle();
      }, { passive: true });
      seen = newest(element);
    }
    if (follows) {
      end();
      seen = newest(element);
    }
    if (!button) return;
    const count = [...element.querySelectorAll("li[id^=event-]")].filter(
      (entry) => Number(entry.id.slice("event-".length)) > seen).length;
    button.hidden = count === 0;
    if (count) button.textContent = `${count} new event${count === 1 ? "" : "s"}`;
  };

  // Whoever opens something reads it.
  document.addEventListener("toggle", (event) => {
    if (current?.contains(event.target)) follows = "newest" in current.dataset && isAtEnd(current);
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.id !== "timeline-new" || !current) return;
    follows = true;
    settle();
  });
  document.addEventListener("sb:said", (event) => {
    const place = document.getElementById("timeline-said");
    if (place) htmx.swap({ sourceElement: place, target: place, text: event.detail.data, swap: "innerMorph swapEmpty:true" });
  });
  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
})();
