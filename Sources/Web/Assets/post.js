// Forms with `data-post` are sent without leaving the page: what was typed stays whatever comes of it, and where there is
// no answer that is said beside the button. Without this script they are forms like any other.
const signalboxPost = (() => {
  // A form that the server shows again takes the place of ours, with what is wrong and what was typed.
  const show = async (text, address) => {
    const place = document.getElementById("page");
    await htmx.swap({ text, target: place, sourceElement: place, select: "#page", swap: "outerHTML" });
    if (address) history.replaceState(history.state, "", address);
    const page = document.getElementById("page");
    const first = page.querySelector("[autofocus]");
    first?.focus();
    if (!first) page.querySelector(".form-problem, .problem:not([hidden])")?.scrollIntoView({ block: "center" });
    page.dispatchEvent(new CustomEvent("sb:shown", { bubbles: true }));
  };

  const keep = (form, sentence) => {
    const place = form.querySelector("[data-not-sent]");
    if (place) Object.assign(place, { textContent: sentence, hidden: false });
    else signalboxSay(sentence, true);
    form.dispatchEvent(new CustomEvent("sb:kept", { bubbles: true }));
  };

  const typed = "textarea, select, input:not([type=hidden], [type=file], [type=checkbox], [type=radio])";

  // What was typed while the answer was on its way goes into the form that takes the place of ours.
  const typedMeanwhile = (form, sent) => {
    const kept = [...form.querySelectorAll(typed)].filter((field) => field.name && field.value !== sent.get(field.name));
    return () => {
      for (const { name, value } of kept) {
        const field = document.querySelector(`#page form[data-post] [name="${CSS.escape(name)}"]`);
        if (!field?.matches(typed) || field.value === value) continue;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    };
  };

  return async (form, fields, { action = form.action, address } = {}) => {
    const place = form.querySelector("[data-not-sent]");
    if (place) place.hidden = true;
    let answer, text;
    try {
      answer = await fetch(action, {
        method: "POST", headers: { "HX-Request": "true", Accept: "text/html" },
        body: form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields),
      });
      text = await answer.text();
    } catch {
      return keep(form, "No answer: the server cannot be reached. What you typed is still here; try again when it is back.");
    }
    const next = answer.headers.get("HX-Redirect");
    if (next) {
      form.dispatchEvent(new CustomEvent("sb:taken", { bubbles: true }));
      // The page that comes says what was done.
      const said = answer.headers.get("HX-Trigger");
      if (said) sessionStorage.setItem("signalbox-said", said);
      return location.assign(next);
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    if (page.querySelector("#page form[data-post]")) {
      const putBack = typedMeanwhile(form, fields);
      await show(text, address);
      return putBack();
    }
    const words = page.querySelector(".empty p")?.textContent;
    keep(form, words ? `Not sent: ${words}` : `Not sent: the server answered ${answer.status}.`);
  };
})();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-post]") || event.defaultPrevented) return;
  event.preventDefault();
  signalboxPost(form, new FormData(form, event.submitter));
});
