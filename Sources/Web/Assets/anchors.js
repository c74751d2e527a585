// A link to a step also opens it.
(() => {
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    // What it stands in opens too, and what is hidden is shown.
    for (let around = target.parentElement; around; around = around.parentElement) {
      if (around.matches("details")) around.open = true;
    }
    const hiding = document.getElementById("show-untaken");
    if (hiding && target.closest(".track > :is(.untaken, .skipped)")) hiding.checked = true;
    const details = target.querySelector(":scope > details");
    if (!details) return;
    details.open = true;
    target.scrollIntoView({ block: "start" });
    details.querySelector("summary").focus({ preventScroll: true });
  };

  addEventListener("hashchange", openTarget);
  document.addEventListener("DOMContentLoaded", openTarget);
  // The same link clicked twice changes nothing in the address.
  document.addEventListener("click", (event) => {
    // An address that opens a step is only a place of the page where the step stands on it already, with its latest run.
    const opener = event.target.closest('a[href*="?step="]');
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (opener && isPlain && opener.pathname === location.pathname && document.getElementById(opener.hash.slice(1))
      && [...new URLSearchParams(opener.search).keys()].join() === "step" && !new URLSearchParams(location.search).has("run")) {
      event.preventDefault();
      if (opener.hash === location.hash) openTarget();
      else location.hash = opener.hash;
      return;
    }
    const link = event.target.closest('a[href^="#step-"], a[href^="#request-"]');
    if (link && link.hash === location.hash) openTarget();
  });
})();
