// Sentences at the lower edge: what happened, and the way to take it back where there is one. They stay long enough to be
// read, longer while somebody looks at them, and can be dismissed.
const signalboxSay = (() => {
  const shownMaximum = 3, short = 5000, long = 12000;

  const field = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });

  // A form like any other, so that what the server says of it is said as everywhere.
  const undoForm = ({ path, fields }, remove) => {
    const form = document.createElement("form");
    for (const [name, value] of Object.entries({ method: "post", action: path, "hx-post": path, "hx-swap": "none" })) {
      form.setAttribute(name, value);
    }
    form.append(...Object.entries(fields ?? {}).map(([name, value]) => field(name, value)));
    form.append(Object.assign(document.createElement("button"), { textContent: "Undo" }));
    form.addEventListener("htmx:after:request", (event) => {
      // What is said of it belongs to another toast, which must be on the page to say it.
      if (event.detail.ctx.response.status < 400) setTimeout(remove);
    });
    return form;
  };

  return (text, isBad, undo) => {
    const place = document.getElementById("toast");
    for (const same of [...place.children].filter((toast) => toast.dataset.text === text)) same.remove();
    const toast = document.createElement("div"), words = document.createElement("p"), close = document.createElement("button");
    toast.className = isBad ? "toast bad" : "toast";
    if (isBad) toast.setAttribute("role", "alert");
    toast.dataset.text = words.textContent = text;
    close.type = "button";
    close.className = "dismiss";
    close.setAttribute("aria-label", "Dismiss");
    let timer = 0;
    const remove = () => {
      clearTimeout(timer);
      toast.remove();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (toast.matches(":hover, :focus-within") ? wait() : remove()), isBad || undo ? long : short);
    };
    close.addEventListener("click", remove);
    toast.append(words);
    if (undo) toast.append(undoForm(undo, remove));
    toast.append(close);
    place.append(toast);
    if (undo) htmx.process(toast);
    while (place.children.length > shownMaximum) place.firstElementChild.remove();
    wait();
  };
})();

// What a form has done that led here.
document.addEventListener("DOMContentLoaded", () => {
  const said = sessionStorage.getItem("signalbox-said");
  if (!said) return;
  sessionStorage.removeItem("signalbox-said");
  const { text, bad, undo } = JSON.parse(said)["sb:say"];
  signalboxSay(text, bad, undo);
});
