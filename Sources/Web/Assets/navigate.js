// Lists change in place: links and forms with `data-go` load the page of their address and put its content where ours is,
// so that focus, selection and scroll stay. `top` goes to the beginning, `keep` stays where it is, `fold` does not count as
// a step back. Without this script they are links and forms like any other.
(() => {
  const content = () => document.getElementById("content");
  const typingPause = 250;
  let timer = 0, wanted = "";

  const problem = (text) => {
    const place = document.getElementById("list-problem");
    if (!place) return;
    place.hidden = !text;
    place.replaceChildren(text ?? "");
    if (!text) return;
    const again = Object.assign(document.createElement("a"), { href: wanted, textContent: "Try again", className: "button" });
    again.dataset.go = "keep";
    place.append(" ", again);
  };

  const go = (address, kind) => {
    wanted = address;
    const history = kind === "typed" || kind === "fold" ? { replace: "true" } : { push: "true" };
    if (kind === "top") scrollTo({ top: 0 });
    htmx.ajax("GET", address, { source: content(), target: "#content", select: "#content", swap: "outerMorph", ...history });
  };

  // Only what is filled in, and the zone only where it means something.
  const address = (form) => {
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    const hasDay = fields.some(([name]) => name === "from" || name === "to");
    const query = new URLSearchParams(fields.filter(([name]) => name !== "zone" || hasDay)).toString();
    return query ? `${form.action}?${query}` : form.action;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    clearTimeout(timer);
    go(link.href, link.dataset.go);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-go]")) return;
    event.preventDefault();
    clearTimeout(timer);
    go(address(event.target), "keep");
  });
  const change = (event) => {
    const form = event.target.closest("[data-typed]")?.form;
    if (!form?.dataset.go) return;
    clearTimeout(timer);
    const isTyped = event.target.type === "search";
    timer = setTimeout(() => {
      if (address(form) !== (document.documentElement.dataset.list ?? location.href)) go(address(form), isTyped ? "typed" : "keep");
    }, isTyped ? typingPause : 0);
  };
  document.addEventListener("input", change);

  // Fields that are not being typed in show what the list is filtered by; days are those of the viewer.
  const settle = () => {
    const form = document.getElementById("filters");
    if (!form) return;
    const zone = form.querySelector("[data-zone]");
    if (!zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    const name = form.querySelector("[data-zone-name]");
    if (name.textContent !== zone.value) name.textContent = zone.value || "UTC";
    // A task that is open beside the list has the address for itself.
    const query = new URL(document.documentElement.dataset.list ?? location.href).searchParams;
    for (const field of form.querySelectorAll("[data-typed]")) {
      const value = query.get(field.name) ?? "";
      if (field !== document.activeElement && field.value !== value) field.value = value;
    }
  };

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, response, text } = event.detail.ctx;
    if (sourceElement !== content()) return;
    problem(null);
    if (text.includes('id="content"')) return;
    // Not a page of ours, but one of something between here and the server: it has nothing to put in the list's place.
    event.preventDefault();
    problem(`The list could not be loaded: the answer was ${response.status}. What you see is as it was.`);
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.target !== content() || event.detail.error?.name === "AbortError") return;
    problem("The list could not be loaded: the server cannot be reached. What you see is as it was.");
  });

  // Menus close when something else is clicked, and with Escape, which gives the focus back.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target) && event.target.isConnected) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
