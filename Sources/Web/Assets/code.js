// CodeMirror in the place of a text area: what all editors have in common. Mistakes that the server has found are marked in the
// text, at its margin too, and led to.
const signalboxCode = (area, label, options) => {
  // Characters that are not seen, or that turn others round, stand there by their names as on all pages (`hidden.js`).
  const name = (text) => {
    const mark = document.createElement("span"), code = text.codePointAt(0);
    // The second half of one that is named already.
    if (code >= 0xdc00 && code < 0xe000) return mark;
    mark.className = "hidden-character";
    mark.textContent = `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
    mark.title = "A character that is not shown";
    return mark;
  };
  const editor = CodeMirror.fromTextArea(area, {
    lineNumbers: true, indentUnit: 2, tabSize: 2, theme: "signalbox", gutters: ["CodeMirror-linenumbers", "mistakes"],
    inputStyle: "contenteditable", spellcheck: false, autocorrect: false, autocapitalize: false,
    specialChars: signalboxHidden, specialCharPlaceholder: name, ...options,
  });
  const input = editor.getInputField();
  input.setAttribute("aria-label", label);
  input.setAttribute("aria-multiline", "true");
  input.setAttribute("role", "textbox");

  // Text that an input method or another program puts in is in the field before the editor reads it, a moment later. What is
  // sent is what is seen, so it is read at once.
  const take = () => {
    const field = editor.display.input;
    if (field.composing) field.forceCompositionEnd();
    else if (field.readDOMTimeout != null) field.updateFromDOM();
  };
  area.form?.addEventListener("submit", take, true);

  // Columns of the server count characters, those of CodeMirror UTF-16 units.
  const place = (line, column) => {
    const text = editor.getLine(Math.min(line, editor.lineCount()) - 1) ?? "";
    return { line: Math.min(line, editor.lineCount()) - 1, ch: [...text].slice(0, column - 1).join("").length };
  };

  const go = (line, column) => {
    const at = place(line, column);
    editor.focus();
    editor.setCursor(at);
    editor.scrollIntoView(at, 120);
    editor.addLineClass(at.line, "background", "here");
    setTimeout(() => editor.removeLineClass(at.line, "background", "here"), 1600);
  };

  let marks = [];
  // Each mistake is an element with `data-line` and `data-column`, which is clicked for it, and a sentence.
  const show = (mistakes) => {
    for (const old of marks) old.clear();
    marks = [];
    editor.clearGutter("mistakes");
    for (const { link, message } of mistakes) {
      const at = place(Number(link.dataset.line), Number(link.dataset.column)), text = editor.getLine(at.line);
      const sign = Object.assign(document.createElement("button"), { type: "button", className: "mistake", title: message, tabIndex: -1 });
      sign.setAttribute("aria-hidden", "true");
      sign.textContent = "!";
      sign.addEventListener("click", () => link.click());
      editor.setGutterMarker(at.line, "mistakes", sign);
      const end = at.ch + (/^[^\s:,\]}]+/.exec(text.slice(at.ch))?.[0].length ?? 1);
      marks.push(editor.markText(at, { line: at.line, ch: Math.max(end, at.ch + 1) }, { className: "mistaken", title: message }));
    }
  };

  return { editor, input, go, show, take };
};
