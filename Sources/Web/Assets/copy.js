// Copy buttons: `data-copy` names an element, `data-copy-from` an address, `data-copy-text` is the text itself.
(() => {
  const load = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.text();
  };

  // What the page names, `<U+202E>`, is copied as the character that it is.
  const written = (element) => {
    const copy = element.cloneNode(true);
    for (const mark of copy.querySelectorAll("mark.hidden-character")) {
      const character = String.fromCodePoint(parseInt(mark.textContent.slice("<U+".length), 16));
      mark.replaceWith(character.repeat(Number(mark.dataset.count ?? 1)));
    }
    return copy.textContent.replace(/\n$/, "");
  };

  const textOf = ({ copy, copyFrom, copyText }) => {
    if (copyText !== undefined) return Promise.resolve(copyText);
    if (copyFrom !== undefined) return load(copyFrom);
    return Promise.resolve(written(document.getElementById(copy)));
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-from], [data-copy-text]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(await textOf(button.dataset));
      signalboxSay("Copied");
    } catch (error) {
      signalboxSay(`Not copied: ${error.message}`, true);
    }
  });
})();
