// What lasts longer than one waits without noticing shows a thin line at the upper edge; what is faster shows nothing.
(() => {
  const unnoticed = 200;
  let running = 0, timer = 0;
  const isStream = (event) => event.target.id === "live" && event.target.hasAttribute("hx-sse:connect");
  const settle = () => {
    clearTimeout(timer);
    if (running === 0) delete document.documentElement.dataset.busy;
    else timer = setTimeout(() => { document.documentElement.dataset.busy = ""; }, unnoticed);
  };

  document.addEventListener("htmx:before:request", (event) => {
    if (isStream(event)) return;
    running += 1;
    settle();
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if (isStream(event)) return;
    running = Math.max(0, running - 1);
    settle();
  });
})();
