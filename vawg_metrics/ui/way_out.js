// The quick exit, and links within the page.
const ELSEWHERE = "https://www.bbc.co.uk/weather";
const WITHIN = 2000;
let presses = []; // kept while the page is drawn anew: each press counts, however slow the machine

function leave() {
  window.location.replace(ELSEWHERE);
}

function landOnHeadings(event) {
  // Cards out of sight have a guessed height until they are near: land again once they have their own.
  const link = event.target.closest?.('a[href^="#"]');
  const goal = link && document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
  if (goal) [50, 250, 600].forEach((wait) => setTimeout(() => goal.scrollIntoView(), wait));
}

export default function (component) {
  const { parentElement } = component;
  document.documentElement.lang = "en-GB";
  parentElement.querySelector("button").onclick = leave;
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
