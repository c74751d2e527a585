// The way back from a task leads to the list as it was: with its filters, order and page.
document.addEventListener("DOMContentLoaded", () => {
  const key = "signalbox-list";
  const keep = () => { if (location.pathname === "/tasks") sessionStorage.setItem(key, location.search); };
  keep();
  addEventListener("pagehide", keep);
  const back = document.querySelector('.back a[href="/tasks"]');
  if (back) back.href = `/tasks${sessionStorage.getItem(key) ?? ""}`;
});
