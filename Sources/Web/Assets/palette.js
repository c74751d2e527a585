// The command palette: what the page offers is found here, tasks and pages by the server. A combobox: the focus stays in
// the field, the arrows choose.
(() => {
  const pause = 90;
  const element = (name) => document.getElementById(`palette${name}`);
  const options = () => [...element("-list").querySelectorAll("[role=option]")];
  const actions = new Map();
  let timer = 0, asking = null, opener = null;

  const choose = (option, isScrolling = true) => {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) element("-input").setAttribute("aria-activedescendant", option.id);
    else element("-input").removeAttribute("aria-activedescendant");
    if (isScrolling) option?.scrollIntoView({ block: "nearest" });
  };

  const show = (status) => {
    const isEmpty = options().length === 0;
    element("-list").hidden = isEmpty;
    element("-input").setAttribute("aria-expanded", String(!isEmpty));
    const words = isEmpty ? status || "Nothing fits." : status;
    if (element("-status").textContent !== words) element("-status").textContent = words;
    // Nothing is chosen before something was typed: Enter alone must not start anything.
    choose(element("-input").value.trim() ? options()[0] : null, false);
  };

  // Also what lies folded in a menu; of what is offered twice, for wide and for narrow windows, once is enough.
  const isOffered = (control) =>
    !control.disabled && control.getAttribute("aria-disabled") !== "true" && !control.closest("dialog, [hidden]")
    && (!control.closest("#bulk") || document.querySelector(".pick :checked"));

  // What can be done on this page, as it is offered there.
  const showActions = (query) => {
    actions.clear();
    const offered = [...document.querySelectorAll(".task-actions :is(a.button, button), [data-action]")].filter(isOffered)
      .map((control) => ({ words: control.dataset.action || control.textContent.trim(), act: () => control.click() }))
      .filter(({ words }, place, all) => all.findIndex((other) => other.words === words) === place);
    offered.push({ words: "Keys of this page", act: signalboxKeys.show });
    const wanted = query.toLowerCase().split(/\s+/);
    const fitting = offered.filter(({ words }) => wanted.every((word) => words.toLowerCase().includes(word)));
    const group = document.createElement("div"), heading = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "On this page");
    Object.assign(heading, { className: "palette-heading", textContent: "On this page" });
    heading.setAttribute("aria-hidden", "true");
    group.append(heading, ...fitting.map(({ words, act }, place) => {
      const option = document.createElement("div");
      option.id = `palette-action-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(Object.assign(document.createElement("span"), { className: "name", textContent: words }));
      actions.set(option.id, act);
      return option;
    }));
    element("-actions").replaceChildren(...(fitting.length ? [group] : []));
  };

  const find = async () => {
    const query = element("-input").value.trim();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`/palette?q=${encodeURIComponent(query)}`, {
        headers: { "HX-Request": "true", Accept: "text/html" }, signal: asking.signal,
      });
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      const text = await answer.text();
      showActions(query);
      element("-results").innerHTML = text;
      show(element("-results").firstElementChild?.dataset.status);
    } catch (error) {
      if (error.name === "AbortError") return;
      showActions(query);
      element("-results").replaceChildren();
      show(`Tasks and pages were not searched: ${error.name === "TypeError" ? "the server cannot be reached" : error.message}.`);
    }
  };

  const open = () => {
    if (document.querySelector("dialog[open]")) return false;
    opener = document.activeElement;
    element("-input").value = "";
    showActions("");
    element("").showModal();
    show("");
    element("-input").focus();
    find();
  };

  const act = (option, isElsewhere) => {
    if (!option) return;
    const action = actions.get(option.id);
    if (!action && isElsewhere) return window.open(option.href, "_blank", "noopener");
    element("").close();
    if (action) action();
    else location.assign(option.href);
  };

  signalboxKeys.add("palette", open);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open();
    }
    const option = event.target.closest("#palette-list [role=option]");
    if (option && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      act(option);
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target !== element("-input")) return;
    clearTimeout(timer);
    timer = setTimeout(find, pause);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== element("-input") || event.isComposing) return;
    const all = options(), place = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(all[(place + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[(place - 1 + all.length) % all.length]);
    else if (event.key === "PageDown") choose(all[Math.min(place + 8, all.length - 1)]);
    else if (event.key === "PageUp") choose(all[Math.max(place - 8, 0)]);
    else if (event.key === "Enter") enter(event);
    else if (event.key === "?" && !event.target.value) showKeys();
    else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) element("").close();
    else return;
    event.preventDefault();
  });

  const showKeys = () => {
    element("").close();
    signalboxKeys.show();
  };

  // What was typed last counts, also if it has not been searched for yet.
  const enter = async (event) => {
    clearTimeout(timer);
    const isElsewhere = event.ctrlKey || event.metaKey;
    const typed = element("-input").value.trim();
    if (element("-results").firstElementChild?.dataset.query !== typed) await find();
    act(options().find((option) => option.getAttribute("aria-selected") === "true"), isElsewhere);
  };

  document.addEventListener("DOMContentLoaded", () => {
    element("")?.addEventListener("close", () => opener?.focus?.({ preventScroll: true }));
    element("").querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  });
})();
