// What steps were given and have made, and what stands in long loops, is loaded when it is opened, and again when it has
// changed: `data-load` says from where, `data-version` which version there is, `data-has` which one the page came with.
(() => {
  const known = new WeakMap();

  const stateOf = (place) => {
    if (!known.has(place)) known.set(place, { source: place.dataset.load, version: place.dataset.has ?? null, loading: null });
    return known.get(place);
  };
  const isSeen = (place) => !place.closest("details:not([open])");

  const fetched = async (place, state) => {
    const version = place.dataset.version, source = state.source;
    try {
      const answer = await fetch(source, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      const text = await answer.text();
      if (!place.isConnected || state.source !== source) return;
      await htmx.swap({ text, target: place, sourceElement: place, swap: "innerMorph swapEmpty:true" });
      delete place.dataset.failed;
      state.version = version;
    } catch (error) {
      // Tried again with the next message of the stream; until then what was there stays.
      if (place.isConnected && !state.version) place.dataset.failed = `Could not be loaded: ${error.message}.`;
    }
  };

  // One request at a time for each place; what was asked for meanwhile is loaded when it has come.
  const load = (place) => {
    const state = stateOf(place);
    state.loading ??= fetched(place, state).finally(() => {
      state.loading = null;
      if (state.version) settle();
    });
    return state.loading;
  };

  const settle = () => {
    for (const place of document.querySelectorAll("[data-load]")) {
      const state = stateOf(place);
      if (state.version !== place.dataset.version && isSeen(place)) load(place);
    }
  };

  const turnTo = async (place, source) => {
    const state = stateOf(place);
    await state.loading;
    state.source = source;
    state.version = null;
    await load(place);
  };

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".track details")) settle();
  }, true);

  // Other iterations of a loop come in the place of these.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-parts]"), place = link?.closest("[data-load]");
    if (!place || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const word = link.textContent;
    turnTo(place, link.dataset.parts).then(() => {
      // On the link of the same name, so that the same key goes on; not when somebody has gone elsewhere meanwhile.
      const active = document.activeElement;
      if (active !== document.body && !place.closest("details").contains(active)) return;
      const links = [...place.querySelectorAll(":scope > .loop-pages a[data-parts]")];
      (links.find((other) => other.textContent === word) ?? links[0])?.focus({ preventScroll: true });
    });
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target, place = form.closest("[data-load]");
    if (!form.dataset.parts || !place) return;
    event.preventDefault();
    const index = Number(form.elements.iteration.value);
    await turnTo(place, `${form.dataset.parts}?iteration=${index}`);
    const station = document.getElementById(place.id.replace(/-parts$/, `-2f${index}`));
    if (!station) return signalboxSay(`There is no iteration #${index} so far.`, true);
    station.querySelector("details").open = true;
    station.scrollIntoView({ block: "center" });
    station.querySelector("summary").focus({ preventScroll: true });
  });
})();
