// Bars of what goes on grow with time; when they reach the end of the axis the part is loaded anew, with a longer one.
// Arrow keys go from row to row.
(() => {
  let asked = 0;
  const chart = () => document.querySelector(".waterfall");
  // The server's time: what its latest message said, and what has passed since.
  let said = "", ahead = 0;
  const now = () => {
    const facts = document.getElementById("page-facts")?.dataset.now;
    if (facts && facts !== said) {
      said = facts;
      ahead = Number(facts) - Date.now();
    }
    return Date.now() + ahead;
  };

  const grow = () => {
    const view = chart();
    if (!view || view.dataset.running !== "true" || document.hidden) return;
    const from = Number(view.dataset.from), to = Number(view.dataset.to), moment = now();
    for (const bar of view.querySelectorAll("[data-grows]")) {
      const width = Math.max(0, Math.min(moment, to) - Number(bar.dataset.grows)) / (to - from) * 100;
      bar.setAttribute("width", `${width.toFixed(3)}%`);
    }
    if (moment > to && moment - asked > 2000) {
      asked = moment;
      htmx.ajax("GET", location.href, { target: "#page", select: "#page", swap: "outerMorph" });
    }
  };
  setInterval(grow, 250);
  document.addEventListener("htmx:after:swap", grow);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const row = event.target.closest?.(".wf-row");
    if (!row) return;
    const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    event.preventDefault();
    next?.querySelector(".wf-name")?.focus();
  });
})();
