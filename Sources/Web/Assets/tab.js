// Lets the browser's tab say how the task stands: its title, and a lamp in the colour of the state. The number of
// open requests goes to the navigation, which stands outside of the part that is live. What has changed of these is also
// said to those who hear the page.
(() => {
  let said = null;
  const tell = (title, open) => {
    const words = title.replace(/ · Signalbox$/, "");
    const news = [];
    if (said && said.words !== words) news.push(words);
    if (said && said.open !== open && !words.startsWith("Approvals")) {
      news.push(open === 1 ? "1 request waits for a person" : `${open} requests wait for a person`);
    }
    said = { words, open };
    if (news.length) document.getElementById("news").textContent = news.join(". ");
  };

  const show = (title, open) => {
    if (document.title !== title) document.title = title;
    const count = document.getElementById("approvals-count"), words = open.toLocaleString("en");
    tell(title, open);
    if (count.textContent !== words) count.textContent = words;
    if (count.hidden !== (open === 0)) count.hidden = open === 0;
  };

  const settle = () => {
    const page = document.getElementById("page-facts"), icon = document.getElementById("favicon");
    if (!page) return;
    show(page.dataset.title, Number(page.dataset.approvals));
    const address = icon.dataset[page.dataset.state];
    if (address && icon.getAttribute("href") !== address) icon.setAttribute("href", address);
  };

  // All that a page hears of which nothing else changes by itself.
  document.addEventListener("sb:facts", (event) => {
    const page = document.getElementById("page-facts");
    if (!page) return show(document.title, Number(event.detail.data));
    page.dataset.approvals = event.detail.data;
    settle();
  });

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
})();
