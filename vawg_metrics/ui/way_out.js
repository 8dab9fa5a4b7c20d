// The quick exit, and a polite live region. Filters replace the history entry: leaving must not take many steps back.
const ELSEWHERE = "https://www.bbc.co.uk/weather";
const WITHIN = 2000;

function leave() {
  window.location.replace(ELSEWHERE);
}

function replaceInsteadOfAdding() {
  if (window.history.filtersReplace) return;
  const push = window.history.pushState.bind(window.history);
  window.history.pushState = (state, title, address) => {
    const next = new URL(address ?? window.location.href, window.location.href);
    if (next.pathname === window.location.pathname) window.history.replaceState(state, title, address);
    else push(state, title, address);
  };
  window.history.filtersReplace = true;
}

export default function (component) {
  const { data, parentElement } = component;
  document.documentElement.lang = "en-GB";
  replaceInsteadOfAdding();
  parentElement.querySelector("button").onclick = leave;
  const said = parentElement.querySelector(".said");
  if (said.dataset.before && said.dataset.before !== data.says) said.textContent = data.says;
  said.dataset.before = data.says;
  let presses = [];
  const listen = (event) => {
    if (event.key !== "Shift" || event.repeat) { if (event.key !== "Shift") presses = []; return; }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN), now];
    if (presses.length >= 3) leave();
  };
  window.addEventListener("keydown", listen);
  return () => window.removeEventListener("keydown", listen);
}
