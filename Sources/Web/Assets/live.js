// Starts the live stream of the page and says how it stands. htmx alone would also connect hidden tabs, each of which
// holds one of the browser's six connections, and would never try again when the very first connection fails.
(() => {
  const retryMinimum = 500, retryMaximum = 4000, silenceMaximum = 3500;
  let wait = retryMinimum, isAsking = false, lastHeard = 0, hasHeartbeat = false;

  const stream = () => document.getElementById("live");
  const connection = () => stream()?._htmx?.sse;
  const words = { connecting: "Connecting", live: "Live", lost: "Reconnecting…" };

  const show = (state) => {
    const root = document.documentElement;
    if (root.dataset.connection === state) return;
    root.dataset.connection = state;
    document.getElementById("connection-word").textContent = words[state];
    // Since when nothing was heard; before the first message there is no such moment.
    const since = state === "lost" && lastHeard ? new Date(Date.now() - performance.now() + lastHeard) : null;
    document.getElementById("connection-since").textContent = since ? ` since ${since.toTimeString().slice(0, 8)}` : "";
  };

  const start = () => {
    if (document.hidden || isAsking || !stream() || connection()) return;
    isAsking = true;
    htmx.trigger(stream(), "sb:live");
  };

  const startLater = () => {
    show("lost");
    setTimeout(start, wait);
    wait = Math.min(wait * 2, retryMaximum);
  };

  const on = (name, act) => document.addEventListener(name, (event) => {
    if (event.target === stream()) act(event);
  });

  on("htmx:finally:request", () => {
    isAsking = false;
    // The extension takes the connection over a moment after the request itself has ended.
    setTimeout(() => { if (!connection()) startLater(); });
  });
  on("htmx:after:sse:connection", () => {
    wait = retryMinimum;
    lastHeard = performance.now();
    show("live");
  });
  on("htmx:before:sse:connection", (event) => {
    // The stream of a list that was left for another one: its place has a new address.
    if (event.detail.connection !== connection()) event.detail.connection.cancelled = true;
    else if (event.detail.connection.attempt > 0) show("lost");
  });
  on("htmx:sse:error", () => show("lost"));
  on("htmx:sse:close", (event) => { if (event.detail.reason !== "cleanup") startLater(); });
  document.addEventListener("htmx:after:swap", () => setTimeout(start));
  on("htmx:after:sse:message", () => {
    lastHeard = performance.now();
    if (connection()?.reader) show("live");
  });
  // The server sends this event every two seconds or so; then silence means that the network is gone.
  on("sb:beat", () => { hasHeartbeat = true; });

  setInterval(() => {
    const isSilent = performance.now() - lastHeard > silenceMaximum;
    if (!hasHeartbeat || document.hidden || !isSilent || !connection()?.reader) return;
    show("lost");
    connection().reader.cancel();
  }, 1000);

  // The browser knows of some cuts before the silence tells.
  addEventListener("offline", () => { if (connection()) show("lost"); });
  document.addEventListener("visibilitychange", () => {
    lastHeard = performance.now();
    start();
  });
  document.addEventListener("DOMContentLoaded", () => setTimeout(start));
})();
