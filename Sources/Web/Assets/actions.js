// Forms that act: what the server says of them, and the dialogs that ask before.
(() => {
  const isForm = (event) => event.target?.closest?.("form[hx-post]");

  // A link to a page that asks opens the dialog that asks the same.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });

  // A dialog closes when what it asked about is done, or will not be; while the server cannot be reached it stays as it is.
  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    if (response.status === 204 || response.headers.has("HX-Trigger")) sourceElement.closest("dialog")?.close();
  });

  const say = (form, text) => {
    const place = form.closest("dialog")?.querySelector(".problem");
    if (!place) return signalboxSay(text, true);
    place.textContent = text;
    place.hidden = false;
  };

  // The answer with what is wrong takes its place on the page, as the form says for that status (`hx-status:412`).
  const isShown = (form, status) => status === 422 || form.hasAttribute(`hx-status:${status}`);

  // Answers that bring no words of their own.
  document.addEventListener("htmx:response:error", (event) => {
    const { response } = event.detail.ctx;
    if (!isForm(event) || isShown(event.target.closest("form"), response.status) || response.headers.has("HX-Trigger")) return;
    say(event.target, `Not done: the server answered ${response.status}`);
  });
  document.addEventListener("htmx:error", (event) => {
    if (isForm(event)) say(event.target, "Not done: the server cannot be reached. Try again in a moment.");
  });
  document.addEventListener("sb:say", (event) => signalboxSay(event.detail.text, event.detail.bad, event.detail.undo));

  // A changed proposal is approved as it was changed; the button says so.
  document.addEventListener("input", (event) => {
    const field = event.target.closest(".change textarea");
    const button = field?.form?.querySelector("button.main");
    if (!button) return;
    button.dataset.word ??= button.textContent;
    button.textContent = field.value === field.defaultValue ? button.dataset.word : `${button.dataset.word} with changes`;
  });
})();
