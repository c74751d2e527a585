// Files from the reader's own machine come into the editor: a document, and what it brings along. Nothing is sent before
// it is saved.
(() => {
  const chooser = document.getElementById("import-files"), form = document.getElementById("document");
  if (!chooser || !form) return;

  const add = (path, contents) => {
    const blocks = [...form.querySelectorAll(".file[data-file], .file:has([name=path])")];
    const last = blocks.at(-1);
    const block = last.cloneNode(true), number = blocks.length;
    block.dataset.file = path;
    for (const field of block.querySelectorAll("[id]")) field.id = field.id.replace(/^file-\d+/, `file-${number}`);
    for (const label of block.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/^file-\d+/, `file-${number}`);
    block.querySelector('[name="path"]').value = path;
    block.querySelector('[name="contents"]').value = contents;
    last.before(block);
    block.closest("details").open = true;
  };

  chooser.addEventListener("change", async () => {
    const files = [...chooser.files], isDocument = (file) => /\.(ya?ml|json)$/i.test(file.name);
    const main = files.find((file) => /^(plan|agent)\.(ya?ml|json)$/i.test(file.name)) ?? files.find(isDocument);
    for (const file of files) {
      const text = await file.text();
      if (file !== main) {
        add(file.webkitRelativePath || file.name, text);
        continue;
      }
      let bundle = null;
      try { bundle = JSON.parse(text); } catch { /* It is YAML. */ }
      // What Export writes of a document with files.
      if (typeof bundle?.text === "string") {
        form.signalboxEditor.setValue(bundle.text);
        for (const [path, contents] of Object.entries(bundle.files ?? {})) add(path, String(contents));
      } else form.signalboxEditor.setValue(text);
    }
    chooser.value = "";
    form.querySelector('[name="path"]').dispatchEvent(new Event("input", { bubbles: true }));
    signalboxSay(`Imported ${files.map((file) => file.name).join(", ")}`);
  });
})();
