// Files are sent one by one as soon as they are chosen or dropped, with a bar that says how far each is; those of URLs are
// fetched by the server. The form only carries their names and hashes. Without this script they come along with the form.
(() => {
  const atOnce = 3;
  const waiting = [];
  let running = 0;

  const size = (bytes) => {
    const units = ["bytes", "KiB", "MiB", "GiB"];
    let unit = 0;
    while (bytes >= 1024 && unit < units.length - 1) { bytes /= 1024; unit += 1; }
    return `${unit && bytes < 100 ? Math.floor(bytes * 10) / 10 : Math.floor(bytes)} ${units[unit]}`;
  };
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  // Characters that are not shown stand there by their code, as everywhere on the pages.
  const hidden = /((?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0])/u;
  const code = (character) => `<U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;
  const plain = (text) => text.split(hidden).map((piece, place) => place % 2 ? code(piece) : piece).join("");
  const named = (text) => text.split(hidden).map((piece, place) =>
    place % 2 ? make("mark", { className: "hidden-character", textContent: code(piece) }) : piece);
  const tell = (field) => field.dispatchEvent(new CustomEvent("sb:files", { bubbles: true }));

  // The rows that were made here. When the server shows the form again it has those files that went along with it; what was
  // refused, was still on its way, or has come since goes along by itself.
  const mine = new Set();
  const once = (field) => field.closest("form")?.elements.once?.value;
  const isShown = (field, { file }) => [...field.querySelectorAll("[data-uploads] input[type=hidden]")].some((input) => {
    const shown = JSON.parse(input.value);
    return shown.name === file?.name && shown.sha256 === file?.sha256;
  });
  const moved = () => {
    for (const item of mine) {
      if (item.row.isConnected) continue;
      const same = [...document.querySelectorAll("[data-files]")].find((field) => field.dataset.files === item.field.dataset.files);
      if (!same) continue;
      if (once(same) !== item.once || isShown(same, item)) {
        mine.delete(item);
        continue;
      }
      item.field = same;
      const list = same.querySelector("[data-uploads]");
      if ("single" in same.dataset) list.replaceChildren(item.row);
      else list.append(item.row);
      tell(same);
    }
  };
  // Of a field with one file the last one counts.
  const leaveOthers = (field, item) => {
    for (const other of mine) if (other !== item && other.field === field) mine.delete(other);
    for (const row of [...field.querySelector("[data-uploads]").children]) if (row !== item?.row) row.remove();
  };
  const keep = (item, text) => {
    item.file = JSON.parse(text);
    item.row.prepend(make("input", { type: "hidden", name: item.field.dataset.files, value: text }));
  };

  const finish = (item, problem, canGoBetter = true) => {
    const { row } = item;
    delete row.dataset.uploading;
    row.querySelector("progress")?.remove();
    row.classList.toggle("wrong", Boolean(problem));
    row.querySelector(".problem")?.remove();
    if (problem) {
      row.append(make("p", { className: "problem", role: "alert" }, problem));
      // What was refused for itself is refused again.
      if (canGoBetter) {
        const again = make("button", { type: "button", className: "quiet again", textContent: "Try again" });
        again.addEventListener("click", () => { again.remove(); begin(item); });
        row.append(again);
      }
    }
    running -= 1;
    tell(item.field);
    next();
  };

  const send = (item) => {
    const { chosen, row } = item, request = new XMLHttpRequest();
    item.request = request;
    request.open("PUT", `/api/files?name=${encodeURIComponent(chosen.name)}`);
    const type = /^(multipart|application\/x-www-form)/.test(chosen.type) ? "" : chosen.type;
    request.setRequestHeader("Content-Type", type || "application/octet-stream");
    request.upload.onprogress = (event) => {
      const bar = row.querySelector("progress");
      if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
    };
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* said below by its status */ }
      if (request.status !== 201) {
        const isRefused = [400, 413, 422].includes(request.status), isTooLarge = request.status === 413;
        if (isRefused) row.dataset.remedy = `Remove it, or choose ${isTooLarge ? "a smaller one" : "it again under another name"}.`;
        return finish(item, answer.detail ?? `Not kept: the server answered ${request.status}.`, !isRefused);
      }
      keep(item, request.responseText);
      finish(item);
    };
    request.onerror = () => finish(item, "Not sent: the server cannot be reached.");
    request.onabort = () => { running -= 1; next(); };
    request.send(chosen);
  };

  const next = () => {
    while (running < atOnce && waiting.length > 0) {
      running += 1;
      send(waiting.shift());
    }
  };

  // What cannot be fetched goes back to where it was typed, to be put right there.
  const refuse = (place, text) => {
    const input = place.querySelector("input"), field = input.closest(".field");
    field.querySelector(".problem")?.remove();
    field.classList.toggle("wrong", Boolean(text));
    for (const name of ["aria-invalid", "aria-describedby"]) input.removeAttribute(name);
    if (!text) return;
    input.setAttribute("aria-invalid", "true");
    field.append(make("p", { className: "problem", role: "alert", id: `${input.id}-problem` }, text));
    input.setAttribute("aria-describedby", `${input.id}-problem`);
    input.focus();
  };

  const fetchURL = async (place) => {
    const input = place.querySelector("input"), field = place.closest("[data-files]"), url = input.value.trim();
    if (!url) return input.focus();
    refuse(place, "");
    const stop = new AbortController();
    const remove = make("button", { type: "button", className: "quiet", ariaLabel: `Remove ${url}`, textContent: "✕" });
    const row = make("li", { className: "upload" }, make("span", { className: "name", textContent: url }),
      make("span", { className: "number dim size", textContent: "Fetching…" }), remove);
    const item = { row, field, once: once(field) };
    remove.addEventListener("click", () => {
      stop.abort();
      mine.delete(item);
      row.remove();
      item.field.querySelector("[data-url] input").focus();
      tell(item.field);
    });
    row.dataset.uploading = "yes";
    row.dataset.remedy = "Remove it.";
    mine.add(item);
    field.querySelector("[data-uploads]").append(row);
    input.value = "";
    let problem = "";
    try {
      const answer = await fetch("/api/files/fetch", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ url }), signal: stop.signal });
      const text = await answer.text(), file = JSON.parse(text);
      if (answer.status === 201) {
        keep(item, text);
        row.querySelector(".name").textContent = file.name;
        row.querySelector(".size").textContent = size(file.size);
        remove.ariaLabel = `Remove ${file.name}`;
        if ("single" in field.dataset && mine.has(item)) leaveOthers(item.field, item);
      } else problem = [file.errors?.[0]?.detail ?? file.detail, file.hint].filter(Boolean).join(" ");
    } catch { problem = "Not fetched: the server cannot be reached."; }
    if (!mine.has(item)) return;
    delete row.dataset.uploading;
    // A form that waits for its files starts now, unless one of them is wrong.
    row.classList.toggle("wrong", Boolean(problem));
    tell(item.field);
    if (!problem) return;
    const now = row.isConnected && item.field.querySelector("[data-url]");
    // The form is not there just now: it is said at the row, which comes back with it.
    if (!now) return row.append(make("p", { className: "problem", role: "alert" }, problem));
    mine.delete(item);
    row.remove();
    now.querySelector("input").value ||= url;
    refuse(now, problem);
  };

  const begin = (item) => {
    mine.add(item);
    item.row.dataset.uploading = "yes";
    item.row.dataset.remedy = "Remove it, or try again.";
    item.row.querySelector(".problem")?.remove();
    item.row.querySelector(".size").after(make("progress", { max: 1, value: 0, ariaLabel: `Sending ${plain(item.chosen.name)}` }));
    waiting.push(item);
    next();
  };

  const add = (field, files) => {
    const list = field.querySelector("[data-uploads]");
    if ("single" in field.dataset) leaveOthers(field);
    for (const file of "single" in field.dataset ? [...files].slice(0, 1) : files) {
      const remove = make("button", { type: "button", className: "quiet", ariaLabel: `Remove ${plain(file.name)}`, textContent: "✕" });
      const row = make("li", { className: "upload" }, make("span", { className: "name" }, ...named(file.name)),
        make("span", { className: "number dim size", textContent: size(file.size) }), remove);
      const item = { chosen: file, row, field, once: once(field) };
      remove.addEventListener("click", () => {
        const place = waiting.indexOf(item);
        if (place >= 0) waiting.splice(place, 1);
        else if (row.dataset.uploading) item.request.abort();
        mine.delete(item);
        row.remove();
        item.field.querySelector("input[type=file]").focus();
        tell(item.field);
      });
      list.append(row);
      begin(item);
    }
  };

  // What the script has sent need not be sent again.
  const settle = () => {
    for (const input of document.querySelectorAll("[data-files] input[type=file]")) input.removeAttribute("name");
  };
  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("sb:shown", settle);
  document.addEventListener("sb:shown", moved);
  document.addEventListener("change", (event) => {
    const field = event.target.type === "file" && event.target.closest("[data-files]");
    if (!field) return;
    add(field, event.target.files);
    event.target.value = "";
  });
  document.addEventListener("keydown", (event) => {
    const place = event.key === "Enter" && !event.ctrlKey && !event.metaKey && event.target.closest("[data-url]");
    if (!place) return;
    event.preventDefault();
    fetchURL(place);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-url] button");
    if (!button) return;
    event.preventDefault();
    fetchURL(button.closest("[data-url]"));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-drop]");
    if (!button) return;
    event.preventDefault();
    const field = button.closest("[data-files]");
    button.closest("li").remove();
    field.querySelector("input[type=file]").focus();
    tell(field);
  });

  // Files may be dropped anywhere on the page: where there is one place for them, they are meant for it.
  const target = (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return null;
    const fields = document.querySelectorAll("[data-files]");
    return event.target.closest?.("[data-files]") ?? (fields.length === 1 ? fields[0] : null);
  };
  const mark = (field) => {
    for (const other of document.querySelectorAll("[data-files]")) other.classList.toggle("over", other === field);
  };
  document.addEventListener("dragover", (event) => {
    const field = target(event);
    mark(field);
    if (field) event.preventDefault();
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(null); });
  document.addEventListener("drop", (event) => {
    const field = target(event);
    mark(null);
    if (!field) return;
    event.preventDefault();
    add(field, event.dataTransfer.files);
  });
})();
