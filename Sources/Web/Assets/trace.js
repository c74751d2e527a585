// Links to the trace of a step open it as a dialog over the page, with its own address, so that a reload, a new tab and
// a browser without scripts show the same as a page. Back, Escape and Close lead to the page below, Forward opens it again.
(() => {
  let dialog = null, next = "";
  const served = location.pathname;

  const make = () => {
    const element = document.createElement("dialog");
    element.className = "trace-dialog";
    element.setAttribute("aria-label", "Trace");
    const bar = Object.assign(document.createElement("div"), { className: "bar-of-dialog" });
    const whole = Object.assign(document.createElement("a"), { className: "button quiet", textContent: "Open as a page" });
    const close = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Close" });
    close.addEventListener("click", () => element.close());
    bar.append(whole, close);
    const inside = Object.assign(document.createElement("div"), { className: "inside", tabIndex: 0 });
    element.append(bar, inside);
    element.addEventListener("click", (event) => { if (event.target === element) element.close(); });
    element.addEventListener("close", () => {
      element.remove();
      dialog = null;
      if (history.state?.trace) history.back();
    });
    document.body.append(element);
    return element;
  };

  const open = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const trace = page.getElementById("trace");
    if (!trace) { location.href = address; return; }
    const isOpen = dialog !== null;
    dialog ??= make();
    dialog.querySelector(".bar-of-dialog a").href = address;
    dialog.querySelector(".inside").replaceChildren(document.adoptNode(trace));
    dialog.querySelector(".inside").scrollTop = 0;
    if (!dialog.open) dialog.showModal();
    // One step in the history, however many traces are looked at; none when it is where the history already is.
    if (isOpen) history.replaceState({ trace: address }, "", address);
    else if (history.state?.trace !== address) history.pushState({ trace: address }, "", address);
    document.dispatchEvent(new Event("sb:shown"));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-trace]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // On the page of a trace itself its links lead from page to page.
    if (!dialog && document.querySelector("main #trace")) return;
    event.preventDefault();
    open(link.href).catch(() => { location.href = link.href; });
  });
  // To a place on the page below: first back to that page, then to the place.
  document.addEventListener("click", (event) => {
    const link = dialog?.contains(event.target) && event.target.closest("a.name");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    next = link.href;
    dialog.close();
  });
  addEventListener("popstate", (event) => {
    const address = event.state?.trace, place = next;
    next = "";
    if (address && location.pathname !== served) open(address).catch(() => { location.href = address; });
    else if (dialog) dialog.close();
    // After a reload the page of the trace stands where its dialog was, and the page below is not there any more.
    else if (document.querySelector("main #trace") && location.pathname !== served) location.reload();
    if (place) location.href = place;
  });
  // What htmx loads anew for a step back may come when one has gone forward again, and takes the place of all that is there.
  document.addEventListener("htmx:after:swap", () => {
    if (!dialog || dialog.isConnected) return;
    document.body.append(dialog);
    dialog.removeAttribute("open");
    dialog.showModal();
  });
})();
