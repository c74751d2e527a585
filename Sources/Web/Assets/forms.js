// Forms that say beside the field what is wrong with it, while one types. The server judges, with the rules by which it
// decides; here it is only put in its place. What has not been touched is left alone.
(() => {
  const pause = 300;
  const touched = new WeakMap(), timers = new WeakMap(), rounds = new WeakMap();

  const controls = (form, name) => [...form.elements].filter((control) => control.name === name);

  // Fields that were sent and were wrong count as touched: their mistake goes when it is mended.
  const names = (form) => {
    const wrong = [...form.querySelectorAll(".field.wrong [name]")].map((control) => control.name);
    return new Set([...(touched.get(form) ?? []), ...wrong]);
  };

  const describe = (field, control, problem) => {
    const holder = field.matches("fieldset") ? field : control;
    const note = document.getElementById(`${holder.id}-note`);
    const ids = [note, problem].filter(Boolean).map((element) => element.id);
    if (ids.length) holder.setAttribute("aria-describedby", ids.join(" "));
    else holder.removeAttribute("aria-describedby");
    if (problem) holder.setAttribute("aria-invalid", "true");
    else holder.removeAttribute("aria-invalid");
  };

  const put = (form, name, text) => {
    const control = controls(form, name)[0], field = control?.closest(".field");
    if (!field) return;
    const known = field.querySelector(":scope > .problem");
    field.classList.toggle("wrong", Boolean(text));
    if (!text) {
      known?.remove();
      return describe(field, control, null);
    }
    const problem = known ?? document.createElement("p");
    problem.className = "problem";
    problem.id = `${field.matches("fieldset") ? field.id : control.id}-problem`;
    problem.setAttribute("role", "status");
    if (problem.textContent !== text) problem.textContent = text;
    if (!known) field.append(problem);
    describe(field, control, problem);
  };

  const check = async (form) => {
    const round = (rounds.get(form) ?? 0) + 1;
    rounds.set(form, round);
    const fields = new URLSearchParams(new FormData(form));
    fields.set("verdict", "approve");
    try {
      const answer = await fetch(form.dataset.check, {
        method: "POST", body: fields, headers: { "HX-Request": "true", Accept: "text/html" },
      });
      if (!answer.ok || rounds.get(form) !== round || !form.isConnected) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      const problems = new Map([...found.querySelectorAll("[data-field]")].map((line) => [line.dataset.field, line.textContent]));
      if (rounds.get(form) !== round) return;
      for (const name of names(form)) put(form, name, problems.get(name));
    } catch {
      // What is wrong is said at the latest when the form is sent.
    }
  };

  const changed = (event, wait) => {
    const form = event.target.form;
    if (!form?.dataset.check || !event.target.name) return;
    touched.set(form, (touched.get(form) ?? new Set()).add(event.target.name));
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(check, wait, form));
  };

  document.addEventListener("input", (event) => changed(event, pause));
  document.addEventListener("change", (event) => changed(event, 0));
  // A form that is sent is judged as a whole.
  document.addEventListener("submit", (event) => {
    clearTimeout(timers.get(event.target));
    rounds.set(event.target, (rounds.get(event.target) ?? 0) + 1);
  });
})();

// While the answer is on its way the fields are off: what somebody would type then is not sent, and what comes would write over
// it. They get the focus back.
(() => {
  let focused = null;
  document.addEventListener("htmx:before:request", (event) => {
    if (event.target.matches("form.decision, form.bulk-form") && event.target.contains(document.activeElement)) focused = document.activeElement;
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const field = focused;
    if (!field || !event.target.contains(field)) return;
    focused = null;
    setTimeout(() => { if (field.isConnected && document.activeElement === document.body) field.focus({ preventScroll: true }); });
  });
})();

// When the request that had the focus is settled, the one that took its place gets it. If somebody else has settled it,
// that is said.
(() => {
  const cards = () => [...document.querySelectorAll("[data-request]")];
  let place = -1, id = null, sent = null;
  document.addEventListener("htmx:before:request", (event) => {
    const card = event.target.closest?.("[data-request]");
    if (card) sent = card.id;
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-request]");
    place = cards().indexOf(card);
    id = card?.id;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!id || document.activeElement !== document.body || document.getElementById(id)?.matches("[data-request]")) return;
    const next = cards()[Math.min(place, cards().length - 1)];
    if (sent !== id) signalboxSay(`Request ${id.replace("request-", "")} was settled meanwhile. What was typed was not sent.`, true);
    id = null;
    (next?.querySelector(".open-request") ?? document.getElementById("content")).focus({ preventScroll: !next });
  });
})();
