// Counts durations up and keeps ages right, in the words of `Format.swift`; shows moments in the viewer's time zone.
(() => {
  let skew = 0; // server's time minus ours, in milliseconds
  let said = ""; // what the server said last of its time
  const two = (number) => String(number).padStart(2, "0");

  const duration = (milliseconds) => {
    const ms = Math.max(0, milliseconds), s = Math.floor(ms / 1000);
    if (s < 1) return `${Math.floor(ms)}ms`;
    if (s < 10) return `${s}.${Math.floor((ms % 1000) / 100)}s`;
    if (s < 60) return `${s}s`;
    if (s < 3600) return `${Math.floor(s / 60)}m ${two(s % 60)}s`;
    if (s < 86400) return `${Math.floor(s / 3600)}h ${two(Math.floor(s / 60) % 60)}m`;
    return `${Math.floor(s / 86400)}d ${Math.floor(s / 3600) % 24}h`;
  };

  const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  // Kept, since the browser takes as long to make one as to print fifty moments with it.
  const thisYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
  const otherYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const day = (date, now) => (date.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(date);
  const exact = (date, now) => `${day(date, now)}, ${clock(date)}`;
  const later = (date, earlier, now) =>
    date.toDateString() === earlier.toDateString() ? clock(date) : exact(date, now);
  const age = (date, now) => {
    const s = Math.floor((now - date) / 1000);
    if (s < 5) return "just now";
    if (s < 60) return `${s} s ago`;
    if (s < 3600) return `${Math.floor(s / 60)} min ago`;
    if (s < 86400) return `${Math.floor(s / 3600)} h ago`;
    return day(date, now);
  };

  const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  // What stands in the title depends on the moment only, and the page is gone through four times a second.
  const inFull = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
  const titles = new WeakMap();
  const putTitle = (element, date) => {
    let title = titles.get(element);
    if (title?.moment !== element.dateTime) {
      title = { moment: element.dateTime, words: inFull.format(date) };
      titles.set(element, title);
    }
    if (element.title !== title.words) element.title = title.words;
  };

  const tick = () => {
    const now = Date.now() + skew, today = new Date(now);
    for (const element of document.querySelectorAll("[data-since]")) {
      put(element, duration(now - Number(element.dataset.since) + Number(element.dataset.before)));
    }
    for (const element of document.querySelectorAll("[data-clock]")) {
      const words = `${duration(now - Number(element.dataset.clock))} by the clock`;
      if (element.title !== words) element.title = words;
    }
    for (const element of document.querySelectorAll("time[data-show]")) {
      const date = new Date(element.dateTime), kind = element.dataset.show;
      putTitle(element, date);
      if (kind === "age") put(element, age(date, today));
      else if (kind === "until") put(element, date > now ? `in ${duration(Math.ceil((date - now) / 1000) * 1000)}` : "now");
      else if (kind === "clock") put(element, clock(date));
      else if (kind === "day") put(element, date.toDateString() === new Date(element.dataset.after ?? 0).toDateString() ? "" : day(date, today));
      else if (kind === "later") put(element, later(date, new Date(element.dataset.after), today));
      else put(element, exact(date, today));
    }
  };

  // At once after each message, so that the server's words are never seen. The server's time counts only when it has just
  // come: what is swapped elsewhere on the page leaves the old one there.
  const settle = () => {
    const now = document.getElementById("page-facts")?.dataset.now;
    if (now && now !== said) {
      said = now;
      skew = Number(now) - Date.now();
    }
    tick();
  };

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("sb:shown", tick);
  setInterval(() => { if (!document.hidden) tick(); }, 250);
})();
