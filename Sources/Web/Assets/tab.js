// Lets the browser's tab say how the task stands: its title, and a lamp in the colour of the state. The number of
// open requests goes to the navigation, which stands outside of the part that is live.
(() => {
  const settle = () => {
    const page = document.getElementById("page-facts"), icon = document.getElementById("favicon");
    if (!page) return;
    if (document.title !== page.dataset.title) document.title = page.dataset.title;
    const count = document.getElementById("approvals-count"), open = Number(page.dataset.approvals);
    const words = open.toLocaleString("en");
    if (count.textContent !== words) count.textContent = words;
    if (count.hidden !== (open === 0)) count.hidden = open === 0;
    const address = icon.dataset[page.dataset.state];
    if (address && icon.getAttribute("href") !== address) icon.setAttribute("href", address);
  };

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
})();
