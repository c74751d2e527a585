// On wide windows a task opens beside the list it was clicked in: its own page in a frame, so that both go on living for
// themselves. The address is the task's; going back, Escape and the cross close it and leave the list as it was.
(() => {
  const root = document.documentElement, wide = matchMedia("(width >= 1500px)");

  // Inside of the panel: what does not belong to tasks takes the whole window, and the way back closes the panel.
  if (window !== top) {
    root.dataset.framed = "";
    const close = () => parent.document.dispatchEvent(new CustomEvent("sb:close-panel"));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.hash && link.pathname === location.pathname) return;
      if (link.pathname === "/tasks") {
        event.preventDefault();
        close();
      } else if (!link.download && !/^\/tasks\/\d+$/.test(link.pathname)) link.target = "_top";
    }, true);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], details.menu[open], :popover-open")) close();
    });
    return;
  }

  const panel = () => document.getElementById("panel");
  const frame = () => panel().querySelector("iframe");
  const isOpen = () => panel() && !panel().hidden;
  const path = () => frame()?.dataset.path;
  // The task of the row that has the focus again, until the list that htmx loads for the step back is there.
  let left = null;

  const focusRow = () => {
    document.querySelector(`[data-row] .cover[href="${left}"]`)?.focus({ preventScroll: true });
  };

  const mark = () => {
    for (const row of document.querySelectorAll("[data-row]")) {
      const isShown = isOpen() && row.querySelector(".cover").pathname === path();
      if (isShown !== row.hasAttribute("data-shown")) row.toggleAttribute("data-shown", isShown);
    }
  };

  const show = (href) => {
    const address = new URL(href, location.href);
    left = null;
    panel().hidden = false;
    root.dataset.panel = "";
    panel().querySelector("a").href = address.href;
    // A new frame for each: the old one goes with its stream, and none is a step of its own in the history.
    const next = Object.assign(document.createElement("iframe"), { title: "The task", src: address.href });
    next.dataset.path = address.pathname;
    frame()?.remove();
    panel().append(next);
    mark();
  };

  const hide = () => {
    if (!isOpen()) return;
    left = path();
    panel().hidden = true;
    delete root.dataset.panel;
    frame()?.remove();
    mark();
    // The focus of a frame that is removed goes nowhere.
    window.focus();
    focusRow();
  };

  const close = () => { if (history.state?.panel) history.back(); else hide(); };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-row] .cover");
    if (!link || !panel() || !wide.matches || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    const state = { panel: link.href };
    if (history.state?.panel) history.replaceState(state, "", link.href);
    else {
      root.dataset.list = location.href;
      sessionStorage.setItem("signalbox-list", location.search);
      history.pushState(state, "", link.href);
    }
    show(link.href);
  });

  addEventListener("popstate", (event) => { if (event.state?.panel && panel()) show(event.state.panel); else hide(); });
  // The list has gone to an address of its own meanwhile.
  for (const kind of ["push", "replace"]) {
    document.addEventListener(`htmx:after:history:${kind}`, () => { delete root.dataset.list; });
  }
  document.addEventListener("sb:close-panel", close);
  // What htmx loads anew for a step back takes the place of the row that has the focus, and may come when one has gone
  // forward again.
  document.addEventListener("htmx:after:swap", (event) => {
    if (history.state?.panel && panel()?.hidden && wide.matches) return show(history.state.panel);
    mark();
    if (event.target !== document.body) return;
    if (document.activeElement === document.body) focusRow();
    left = null;
  });
  document.addEventListener("click", (event) => { if (event.target.closest("#panel .close")) close(); });
  document.addEventListener("keydown", (event) => {
    const isFree = !event.defaultPrevented && !document.querySelector("dialog[open], details.menu[open], :popover-open");
    if (event.key === "Escape" && isFree && isOpen() && !event.target.closest("input, textarea, select")) close();
  });
  // A task that the frame has gone to by itself is the one that the address names.
  document.addEventListener("load", (event) => {
    const inside = event.target.matches?.("#panel iframe") && event.target.contentWindow.location;
    if (!inside || !isOpen() || !inside.pathname.startsWith("/tasks/")) return;
    event.target.dataset.path = inside.pathname;
    panel().querySelector("a").href = inside.href;
    if (history.state?.panel && history.state.panel !== inside.href) history.replaceState({ panel: inside.href }, "", inside.href);
    mark();
  }, true);
  // Too narrow for two: the task has the window to itself.
  wide.addEventListener("change", () => { if (!wide.matches && isOpen()) location.assign(path()); });
})();
