// Forms that start tasks: Ctrl-Enter sends them, once, and not before all files are there; what was typed goes along to
// another mode.
(() => {
  document.documentElement.classList.add("scripted");

  const form = () => document.querySelector("form[data-starts]");
  let isWaiting = false;

  const wait = (words) => {
    const button = form().querySelector("[data-start]");
    if (!button) return;
    button.dataset.word ??= button.textContent;
    button.textContent = words ?? button.dataset.word;
    button.setAttribute("aria-disabled", words ? "true" : "false");
  };

  document.addEventListener("keydown", (event) => {
    const isHere = form()?.querySelector("[data-start]") && (event.target === document.body || form().contains(event.target));
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !isHere) return;
    event.preventDefault();
    form().requestSubmit(form().querySelector("[data-start]"));
  });

  // Most of these forms have many fields: Enter in one of them is no wish to start, unless the form says so.
  document.addEventListener("keydown", (event) => {
    const isLine = event.target.matches("form[data-starts='']  input:not([type=file], [type=checkbox], [type=radio])");
    if (event.key === "Enter" && isLine && !event.ctrlKey && !event.metaKey) event.preventDefault();
  });

  // A task does not start without a file that was chosen for it: what becomes of one that was not taken is for somebody to
  // say. The focus goes to where it is removed.
  const isWithoutFile = () => {
    const row = form().querySelector(".upload.wrong:has(.problem)"), field = row?.closest("[data-files]");
    if (!row) return false;
    field.querySelector(":scope > .problem")?.remove();
    const name = row.querySelector(".name").textContent, remedy = row.dataset.remedy ?? "Remove it.";
    const problem = Object.assign(document.createElement("p"), {
      className: "problem", role: "alert", id: `${field.id}-problem`, textContent: `Not started: “${name}” was not taken. ${remedy}` });
    // Below the files, not below the place for a URL.
    row.parentElement.after(problem);
    const remove = row.querySelector(":scope > button:not(.again)");
    remove.setAttribute("aria-describedby", problem.id);
    remove.focus({ preventScroll: true });
    // In the middle: the bar at the bottom would hide it.
    row.scrollIntoView({ block: "center" });
    return true;
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-starts]")) return;
    if (event.target.dataset.sent) return event.preventDefault();
    if (event.target.querySelector("[data-uploading]")) {
      event.preventDefault();
      isWaiting = true;
      return wait("Starts when the files are there…");
    }
    // What shows the form again, or another mode of it, starts nothing.
    if (!["start", undefined].includes(event.submitter?.value)) return;
    if (isWithoutFile()) return event.preventDefault();
    event.target.dataset.sent = "yes";
    wait("Starting…");
  }, true);
  const settle = () => {
    if (!form()) return;
    delete form().dataset.sent;
    wait(null);
  };
  // Somebody comes back to the page as it was, or the form could not be sent.
  addEventListener("pageshow", settle);
  document.addEventListener("sb:kept", settle);
  // Whoever comes back to a form that has started its task, and sends it again, means another one.
  document.addEventListener("sb:taken", () => {
    const once = form()?.elements.once;
    if (once) once.value += "+";
  });
  document.addEventListener("sb:files", () => {
    if (!isWaiting || form().querySelector("[data-uploading]")) return;
    isWaiting = false;
    wait(null);
    if (!isWithoutFile() && !form().querySelector(".upload.wrong")) form().requestSubmit(form().querySelector("[data-start]"));
  });

  // A text that has an editor gets it: its files are loaded here, since the form may come to it without leaving the page.
  const edit = () => {
    const place = document.querySelector("[data-editor]");
    if (!place || document.querySelector(`link[href="${place.dataset.editorStyles}"]`)) return;
    const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: place.dataset.editorStyles });
    const script = Object.assign(document.createElement("script"), { src: place.dataset.editor });
    // Not before it looks as it should; without its styles the plain field is better.
    styles.addEventListener("load", () => document.head.append(script), { once: true });
    document.head.append(styles);
  };
  document.addEventListener("DOMContentLoaded", edit);
  document.addEventListener("sb:shown", edit);

  // Leaving for another mode is another way to look at the same form.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-redraw]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !form() || !isPlain || !form().dataset.dirty) return;
    event.preventDefault();
    const fields = new FormData(form());
    fields.set("do", "redraw");
    signalboxPost(form(), fields, { action: link.href, address: link.href });
  });
  const touch = () => { if (form()) form().dataset.dirty = "yes"; };
  document.addEventListener("input", touch);
  document.addEventListener("sb:files", touch);
  document.addEventListener("sb:shown", touch);
})();
