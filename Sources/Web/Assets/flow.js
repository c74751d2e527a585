// Zoom, dragging and arrow keys of a flowchart. The zoom is a variable of the whole document, which no update of the page
// touches; where it is scrolled to is the browser's own business.
(() => {
  const least = 0.25, most = 2, step = 1.2;
  let zoom = 1, drag = null, wasDragged = false;

  const pane = () => document.querySelector("[data-flow]");
  const scroller = () => pane()?.querySelector(".flow-scroll");
  const drawing = () => pane()?.querySelector("svg.flow");

  // A page that is loaded anew should not change how large everything is.
  const key = () => `flow-zoom ${location.pathname}`;

  const say = () => {
    const place = pane()?.querySelector(".flow-percent"), text = `${Math.round(zoom * 100)} %`;
    if (place && place.textContent !== text) place.textContent = text;
  };

  // The point under the pointer, or in the middle, stays where it is.
  const set = (value, x, y) => {
    const view = scroller();
    if (!view) return;
    const box = view.getBoundingClientRect(), before = zoom;
    const left = (x ?? box.left + box.width / 2) - box.left, top = (y ?? box.top + box.height / 2) - box.top;
    const across = view.scrollLeft + left, down = view.scrollTop + top;
    zoom = Math.min(most, Math.max(least, value));
    document.documentElement.style.setProperty("--flow-zoom", zoom);
    view.scrollLeft = across * zoom / before - left;
    view.scrollTop = down * zoom / before - top;
    sessionStorage.setItem(key(), zoom);
    say();
  };

  const fit = (isWidthOnly) => {
    const view = scroller(), svg = drawing();
    if (!view || !svg) return;
    const style = getComputedStyle(view), padding = parseFloat(style.paddingLeft) * 2;
    const width = (view.clientWidth - padding) / svg.viewBox.baseVal.width;
    const room = Math.max(view.clientHeight, parseFloat(style.maxHeight) || 0) - padding;
    const height = room / svg.viewBox.baseVal.height;
    // Small print is no help at the beginning: then it is better to scroll.
    set(Math.min(1, isWidthOnly ? Math.max(width, 0.6) : Math.min(width, height)));
  };

  // What matters now, or where it begins, is in sight at first.
  const show = (element) => {
    const view = scroller(), box = element?.getBoundingClientRect(), frame = view.getBoundingClientRect();
    if (!box) return;
    view.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
    if (box.bottom > frame.bottom) view.scrollTop += box.bottom - frame.bottom + frame.height / 3;
  };

  const actions = { in: () => set(zoom * step), out: () => set(zoom / step), fit: () => fit(false) };

  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const nearest = (from, elements) => {
    const [x, y] = middle(from.getBoundingClientRect());
    const away = (element) => {
      const [left, top] = middle(element.getBoundingClientRect());
      return Math.hypot(left - x, top - y);
    };
    return elements.filter(Boolean).sort((one, other) => away(one) - away(other))[0];
  };
  const named = (element, name) => (element.dataset[name] ?? "").split(" ").map((id) => id && document.getElementById(id));
  const beside = (from, isLeft) => {
    const own = from.getBoundingClientRect();
    return nearest(from, [...drawing().querySelectorAll(".flow-link")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.top < own.bottom && box.bottom > own.top && (isLeft ? box.right <= own.left : box.left >= own.right);
    }));
  };
  const move = (from, key) => {
    switch (key) {
      case "ArrowDown": return nearest(from, named(from, "next"));
      case "ArrowUp": return nearest(from, named(from, "before"));
      case "ArrowLeft": return beside(from, true);
      case "ArrowRight": return beside(from, false);
    }
  };

  document.addEventListener("click", (event) => {
    if (wasDragged) {
      event.preventDefault();
      event.stopPropagation();
      wasDragged = false;
      return;
    }
    const button = event.target.closest?.("[data-zoom]");
    if (button) actions[button.dataset.zoom]();
  }, true);

  document.addEventListener("keydown", (event) => {
    wasDragged = false;
    if (!event.target.closest?.("[data-flow]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    const box = event.target.closest(".flow-link");
    const isArrow = event.key.startsWith("Arrow");
    if (!action && !isArrow) return;
    const next = isArrow && (box ? move(box, event.key) : event.target.matches(".flow-scroll") && drawing().querySelector(".flow-link"));
    if (!action && !box && !next) return;
    event.preventDefault();
    event.stopPropagation();
    if (action) actions[action]();
    else next?.focus();
  }, true);

  document.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !event.target.closest?.(".flow-scroll")) return;
    event.preventDefault();
    set(zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  }, { passive: false });

  document.addEventListener("pointerdown", (event) => {
    wasDragged = false;
    const view = event.target.closest?.(".flow-scroll");
    if (!view || event.pointerType !== "mouse" || event.button !== 0) return;
    drag = { view, x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!wasDragged && Math.hypot(x, y) < 5) return;
    wasDragged = true;
    drag.view.classList.add("dragging");
    drag.view.scrollLeft = drag.left - x;
    drag.view.scrollTop = drag.top - y;
  });
  document.addEventListener("pointerup", () => {
    drag?.view.classList.remove("dragging");
    drag = null;
  });
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.(".flow-scroll")) event.preventDefault();
  });

  // A loop is opened and folded in place: its box stays where it was, and the focus where it is.
  let going = null;
  const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-flow-go]");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    const address = link.getAttribute("href"), [path, place] = address.split("#");
    const box = document.getElementById(place)?.getBoundingClientRect();
    going = { address, place, link: link.id, box };
    const content = document.getElementById("content");
    htmx.ajax("GET", path, { source: content, target: content, select: "#content", swap: "outerMorph", replace: "true" });
  });
  const arrive = () => {
    if (!going) return;
    const { place, link, box } = going, element = document.getElementById(place), view = scroller();
    going = null;
    if (box && element && view) {
      const now = element.getBoundingClientRect();
      view.scrollLeft += now.left - box.left;
      view.scrollTop += now.top - box.top;
    }
    (document.getElementById(link) ?? element)?.focus({ preventScroll: true });
  };
  // What cannot be put in place is loaded as any other page.
  document.addEventListener("htmx:error", () => { if (going) location.assign(going.address); });
  document.addEventListener("htmx:response:error", () => { if (going) location.assign(going.address); });

  document.addEventListener("DOMContentLoaded", () => {
    if (!pane()) return;
    const kept = Number(sessionStorage.getItem(key()));
    if (kept) set(kept);
    else fit(true);
    const target = location.hash.startsWith("#flow-") && document.getElementById(location.hash.slice(1));
    if (target) target.focus();
    else show([".approvalRequired, .paused, .failed", ".running:not(.kind-branch)"].map((states) =>
      drawing().querySelector(`.flow-node:is(${states})`)).find(Boolean) ?? drawing().querySelector(".flow-terminal"));
  });
  document.addEventListener("htmx:after:swap", () => {
    arrive();
    say();
  });
})();
