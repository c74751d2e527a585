// In a narrow window the links of a row of parts are scrolled; the one of this page is brought into sight, with a piece of its
// neighbour, so that one sees that there are more.
(() => {
  const peek = 32;
  const show = () => {
    for (const link of document.querySelectorAll(":is(.task-parts, .subnav) > [aria-current]")) {
      const row = link.parentElement, place = link.getBoundingClientRect(), room = row.getBoundingClientRect();
      if (place.left < room.left + peek) row.scrollLeft += place.left - room.left - peek;
      else if (place.right > room.right - peek) row.scrollLeft += place.right - room.right + peek;
    }
  };
  show();
  addEventListener("pageshow", show);
})();
