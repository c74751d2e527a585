// A click anywhere on a row of the list opens its task, also on the parts that stand above the row's link because they
// say more when the pointer rests on them.
document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, label, input") || !getSelection().isCollapsed) return;
  event.target.closest("[data-row]")?.querySelector(".cover").click();
});
