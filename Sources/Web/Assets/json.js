// The body of a request in an editor, which the server checks while somebody types. The text area stays behind it: what is sent,
// checked and carried to other modes is what it holds.
(() => {
  let code = null;

  const links = () => [...document.querySelectorAll("#json-check [data-line]")];
  const mark = () => {
    const words = (link) => [...link.parentElement.childNodes].filter((node) => node !== link).map((node) => node.textContent);
    if (code?.input.isConnected) code.show(links().map((link) => ({ link, message: words(link).join("").trim() })));
  };

  const open = () => {
    const area = document.querySelector("textarea[name=json]");
    if (!area || area.dataset.edited !== undefined) return;
    const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`), hadFocus = document.activeElement === area;
    area.dataset.edited = "";
    // The tabulator goes on to the next field, as everywhere in the form.
    code = signalboxCode(area, label.textContent, {
      mode: "application/json", viewportMargin: area.value.length < 200000 ? Infinity : 50, extraKeys: { Tab: false, "Shift-Tab": false },
    });
    const { editor, input } = code;
    // What is said of the area is said of what stands in its place.
    const describe = () => {
      for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
        if (area.hasAttribute(name)) input.setAttribute(name, area.getAttribute(name));
        else input.removeAttribute(name);
      }
    };
    editor.on("change", () => {
      editor.save();
      area.dispatchEvent(new Event("input", { bubbles: true }));
      describe();
    });
    area.addEventListener("input", () => { if (area.value !== editor.getValue()) editor.setValue(area.value); });
    label.addEventListener("click", () => editor.focus());
    describe();
    if (hadFocus) editor.focus();
    mark();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#json-check [data-line]");
    if (link && code) code.go(Number(link.dataset.line), Number(link.dataset.column));
  });
  document.addEventListener("htmx:after:swap", mark);
  document.addEventListener("sb:shown", open);
  open();
})();
