// The quick exit, the address of what is shown, and a polite live region.
// Filters replace the history entry and never add one: leaving must not take many steps back.
const ELSEWHERE = "https://www.bbc.co.uk/weather";
const WITHIN = 2000;
const KEYS = ["area", "from", "to", "grain", "measure"];

function leave() {
  window.location.replace(ELSEWHERE);
}

function writeAddress(asked) {
  const wanted = new URLSearchParams(window.location.search);
  KEYS.forEach((key) => wanted.delete(key));
  Object.entries(asked).forEach(([key, values]) => values.forEach((value) => wanted.append(key, value)));
  const search = wanted.toString() ? `?${wanted}` : "";
  if (search !== window.location.search) {
    window.history.replaceState(window.history.state, "", window.location.pathname + search + window.location.hash);
  }
}

function landOnHeadings(event) {
  // Cards out of sight have a guessed height until they are near: land again once they have their own.
  const link = event.target.closest?.('a[href^="#"]');
  const goal = link && document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
  if (goal) [50, 250, 600].forEach((wait) => setTimeout(() => goal.scrollIntoView(), wait));
}

export default function (component) {
  const { data, parentElement } = component;
  document.documentElement.lang = "en-GB";
  writeAddress(data.address); // again when the page changes, for Streamlit clears the address then
  setTimeout(() => writeAddress(data.address), 300);
  parentElement.querySelector("button").onclick = leave;
  const said = parentElement.querySelector(".said");
  if (said.dataset.before && said.dataset.before !== data.says) said.textContent = data.says;
  said.dataset.before = data.says;
  let presses = [];
  const listen = (event) => {
    if (event.key !== "Shift" || event.repeat) {
      if (event.key !== "Shift") presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN), now];
    if (presses.length >= 3) leave();
  };
  window.addEventListener("keydown", listen);
  document.addEventListener("click", landOnHeadings);
  return () => {
    window.removeEventListener("keydown", listen);
    document.removeEventListener("click", landOnHeadings);
  };
}
