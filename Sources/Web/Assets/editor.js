// The editor of plans and agents: CodeMirror in the place of the text area, checked by the server while somebody types.
// The server's findings stand on the page as links with `data-line`; here they are marked in the text as well (`code.js`).
(() => {
  const form = document.getElementById("document");
  if (!form) return;
  const area = document.getElementById("document-text"), note = form.elements.note, unsaved = document.getElementById("unsaved");
  const typingPause = 400, wholeMaximum = 5000;
  // What the server has sent is what is saved, whatever the browser has put back into the fields when one comes back.
  let timer = 0, saved = form.dataset.typedText === undefined ? area.defaultValue : null, isClean = saved !== null;
  const filesOf = (member = "value") =>
    [...form.querySelectorAll('[name="path"], [name="contents"]')].map((field) => field[member]).join("\0");
  let savedFiles = filesOf("defaultValue"), isSending = false, waiting = null;
  const sent = new WeakMap();

  const code = signalboxCode(area, document.querySelector('label[for="document-text"]').textContent, {
    mode: "yaml",
    // All lines are on the page, so that the browser's own search finds them; not of a very long text.
    viewportMargin: area.value.split("\n").length < wholeMaximum ? Infinity : 50,
    extraKeys: {
      Tab: (cm) => cm.somethingSelected() ? cm.indentSelection("add") : cm.replaceSelection("  "),
      "Shift-Tab": (cm) => cm.indentSelection("subtract"),
      Esc: () => note.focus(),
      "Ctrl-/": (cm) => comment(cm), "Cmd-/": (cm) => comment(cm),
    },
  });
  const { editor, go, input } = code;
  form.signalboxEditor = editor;
  // The tabulator indents here, so whoever does not see how the text is left has to be told.
  input.setAttribute("aria-describedby", "editor-help");

  const comment = (cm) => {
    const from = cm.getCursor("from").line, to = cm.getCursor("to").line;
    const lines = Array.from({ length: to - from + 1 }, (_, place) => cm.getLine(from + place));
    const isOff = lines.every((line) => /^\s*(#|$)/.test(line));
    cm.operation(() => lines.forEach((line, place) => {
      const changed = isOff ? line.replace(/^(\s*)# ?/, "$1") : line.replace(/^(\s*)/, "$1# ");
      cm.replaceRange(changed, { line: from + place, ch: 0 }, { line: from + place, ch: line.length });
    }));
  };

  const settle = () => {
    isClean = editor.getValue() === saved && filesOf() === savedFiles;
    unsaved.hidden = isClean;
  };

  const mark = () => {
    const names = [...form.querySelectorAll('[name="path"]')].map((field) => field.value);
    const links = [...document.querySelectorAll("#verdict a.place")].filter((link) => !names.includes(link.dataset.file));
    code.show(links.map((link) => ({ link, message: link.parentElement.querySelector(".message").textContent })));
  };

  const check = () => {
    editor.save();
    htmx.trigger(document.getElementById("checker"), "sb:check");
  };
  const checkLater = () => {
    clearTimeout(timer);
    timer = setTimeout(check, typingPause);
  };

  editor.on("change", () => { settle(); checkLater(); });
  form.addEventListener("input", (event) => {
    if (!event.target.closest(".editor-files")) return;
    settle();
    checkLater();
  });
  // What is sent is what was typed, whoever sends it. It names the version that it goes on from, so the next one waits for the
  // answer.
  form.addEventListener("submit", (event) => {
    if (isSending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = event.submitter ?? saveButton();
      return;
    }
    editor.save();
    clearTimeout(timer);
  }, true);
  const saveButton = () => form.querySelector('button[value="save"]');
  form.addEventListener("htmx:config:request", (event) => {
    if (event.target !== form) return;
    isSending = true;
    sent.set(event.detail.ctx, { text: editor.getValue(), files: filesOf(), note: note.value });
  });
  form.addEventListener("htmx:finally:request", (event) => {
    if (event.target !== form) return;
    isSending = false;
    if (!waiting) return;
    // The button may have gone with the finding that it stood in.
    const button = waiting.form === form ? waiting : saveButton();
    waiting = null;
    setTimeout(() => form.requestSubmit(button));
  });

  document.addEventListener("htmx:after:swap", mark);
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest("#verdict a.place, #drawing a");
    // A station of the graph leads where the step stands in words.
    const link = clicked?.dataset.line ? clicked
      : [...document.querySelectorAll("#drawing a[data-line]")].find((other) => other.getAttribute("href") === clicked?.getAttribute("href"));
    if (!link) return;
    event.preventDefault();
    const file = [...form.querySelectorAll(".file")].find((block) => block.querySelector('[name="path"]')?.value === link.dataset.file);
    if (!file || !link.dataset.file) return go(Number(link.dataset.line), Number(link.dataset.column ?? 1));
    file.closest("details").open = true;
    file.querySelector("textarea").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    form.requestSubmit(saveButton());
  });
  addEventListener("beforeunload", (event) => { if (!isClean) event.preventDefault(); });

  // A new document, or one that was given another name, has another address; what was typed meanwhile stays.
  const move = (address, checker) => {
    for (const name of ["action", "hx-post"]) form.setAttribute(name, address);
    document.getElementById("checker").setAttribute("hx-post", checker);
    history.replaceState(history.state, "", address);
  };

  // It was saved: from now on this is the version that others may have changed meanwhile.
  form.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail, what = event.target === form && sent.get(ctx);
    const verdict = what && new DOMParser().parseFromString(ctx.text, "text/html").getElementById("verdict");
    if (!verdict?.dataset.saved) return;
    saved = what.text;
    savedFiles = what.files;
    form.elements.base.value = form.elements.began.value = verdict.dataset.saved;
    if (note.value === what.note) note.value = "";
    move(verdict.dataset.address, verdict.dataset.check);
    settle();
  });

  if (form.dataset.line) go(Number(form.dataset.line), 1);
  mark();
  settle();
})();
