// What is wrong with a field goes when the field is changed, for it is said of what stood there before. Forms that are judged
// while one types put theirs right themselves.
(() => {
  const forget = (event) => {
    const control = event.target, holder = control.closest("[aria-invalid=true]");
    if (!holder || !control.form || control.form.dataset.check) return;
    const ids = (holder.getAttribute("aria-describedby") ?? "").split(" ");
    for (const id of ids) if (id.endsWith("-problem")) document.getElementById(id)?.remove();
    const notes = ids.filter((id) => id && !id.endsWith("-problem")).join(" ");
    if (notes) holder.setAttribute("aria-describedby", notes);
    else holder.removeAttribute("aria-describedby");
    holder.removeAttribute("aria-invalid");
    holder.closest(".field")?.classList.remove("wrong");
  };
  document.addEventListener("input", forget);
  document.addEventListener("change", forget);

  // Other files are there now.
  document.addEventListener("sb:files", (event) => {
    event.target.querySelector(":scope > .problem")?.remove();
    event.target.querySelector("input[type=file]").removeAttribute("aria-describedby");
    event.target.classList.toggle("wrong", Boolean(event.target.querySelector(".upload.wrong")));
  });
})();
