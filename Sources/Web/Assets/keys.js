// Keys. Which there are, and what they do, stands in the dialog that lists them (`KeyMap`): what is told is what works.
// Commands are known here by name; other scripts add theirs with `signalboxKeys.add`. One that gives false did nothing.
const signalboxKeys = (() => {
  const pause = 1200, setting = "signalbox-single-keys";
  const isTyping = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
  const rowOf = (element) => element.closest?.("[data-row], [data-request]");
  let before = "", timer = 0;

  const move = (by) => {
    const rows = [...document.querySelectorAll("[data-row], [data-request]")];
    const place = rows.indexOf(rowOf(document.activeElement));
    const row = rows[place < 0 ? (by > 0 ? 0 : rows.length - 1) : place + by];
    if (!row) return false;
    row.querySelector(".cover, .open-request").focus({ preventScroll: true });
    row.scrollIntoView({ block: row.matches("[data-request]") ? "start" : "nearest" });
    return true;
  };

  // The request that is meant: the one with the focus, or the only one.
  const request = () => {
    const all = document.querySelectorAll("[data-request]");
    return document.activeElement.closest("[data-request]") ?? (all.length === 1 ? all[0] : null);
  };

  // First to the button, then it is pressed: no single key decides anything.
  const decide = (verdicts) => {
    const card = request();
    if (!card) return move(1);
    const button = verdicts.map((name) => card.querySelector(`.verdicts [value=${name}]:not(:disabled)`)).find(Boolean);
    if (!button) return false;
    if (document.activeElement === button) button.click();
    else button.focus();
  };

  const go = (selector) => {
    const card = request();
    if (!card) return move(1);
    const field = card.querySelector(selector);
    if (!field) return false;
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.focus();
  };

  const show = () => document.getElementById("keys").showModal();

  const commands = new Map(Object.entries({
    search: () => {
      const search = document.getElementById("search");
      if (!search) return false;
      search.focus();
      search.select();
    },
    next: (event) => (event.key.startsWith("Arrow") && !rowOf(event.target) ? false : move(1)),
    previous: (event) => (event.key.startsWith("Arrow") && !rowOf(event.target) ? false : move(-1)),
    mark: () => {
      const box = rowOf(document.activeElement)?.querySelector(".pick input");
      if (!box) return false;
      box.click();
    },
    approve: () => decide(["approve"]),
    reject: () => decide(["reject", "retry", "stop"]),
    edit: () => go(".change textarea"),
    feedback: () => go("textarea[name=feedback]"),
    marked: () => {
      const button = document.querySelector(".pick :checked") && document.querySelector("#bulk button:enabled");
      if (!button) return false;
      button.focus();
    },
    keys: () => show(),
  }));

  const bindings = () => [...document.querySelectorAll("#keys [data-keys]")].flatMap((row) =>
    row.dataset.keys.split(",").map((keys) => ({ ...row.dataset, keys })));

  const isOn = () => localStorage.getItem(setting) !== "off";

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && event.target.id === "search" && !event.target.value) return event.target.blur();
    if (event.key === "Escape" && isTyping(event.target) && !document.querySelector("dialog[open]")) {
      // Back to the request, so that keys are keys again.
      return event.target.closest("[data-request]")?.querySelector(".open-request, .cover")?.focus({ preventScroll: true });
    }
    const isModified = event.ctrlKey || event.metaKey;
    if (document.querySelector("dialog[open]")) return;
    if (!isModified && (isTyping(event.target) || !isOn())) return;
    const press = isModified ? `Mod+${event.key.toLowerCase()}` : event.key;
    const known = bindings();
    const binding = known.find(({ keys }) => keys === `${before} ${press}`) ?? known.find(({ keys }) => keys === press);
    const isBeginning = !isModified && !binding && known.some(({ keys }) => keys.startsWith(`${press} `));
    clearTimeout(timer);
    before = isBeginning ? press : "";
    if (isBeginning) timer = setTimeout(() => { before = ""; }, pause);
    if (!binding) return;
    if (binding.path) location.assign(binding.path);
    else if (!commands.has(binding.command) || commands.get(binding.command)(event) === false) return;
    event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("single-keys");
    box.checked = isOn();
    box.addEventListener("change", () => localStorage.setItem(setting, box.checked ? "on" : "off"));
    if (/Mac|iPhone|iPad/.test(navigator.platform)) {
      for (const key of document.querySelectorAll("kbd")) if (key.textContent === "Ctrl") key.textContent = "⌘";
    }
  });
  // A click beside a dialog that only tells or finds closes it.
  document.addEventListener("click", (event) => {
    if (event.target.matches("dialog.keys, dialog.palette")) event.target.close();
  });

  return { add: (name, act) => commands.set(name, act), show };
})();
