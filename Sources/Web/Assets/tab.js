// Lets the browser's tab say how the task stands: its title, and a lamp in the colour of the state.
(() => {
  const settle = () => {
    const page = document.getElementById("page"), icon = document.getElementById("favicon");
    if (!page) return;
    if (document.title !== page.dataset.title) document.title = page.dataset.title;
    const address = icon.dataset[page.dataset.state];
    if (address && icon.getAttribute("href") !== address) icon.setAttribute("href", address);
  };

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
})();
