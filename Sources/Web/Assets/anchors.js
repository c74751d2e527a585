// A link to a step also opens it.
(() => {
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target?.querySelector(":scope > details");
    if (!details) return;
    details.open = true;
    target.scrollIntoView({ block: "start" });
    details.querySelector("summary").focus({ preventScroll: true });
  };

  addEventListener("hashchange", openTarget);
  document.addEventListener("DOMContentLoaded", openTarget);
  // The same link clicked twice changes nothing in the address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#step-"]');
    if (link && link.hash === location.hash) openTarget();
  });
})();
