// Screens turned by keys, by the buttons of a clicker and by buttons on the screen; letters typed in a field turn none.
const FORWARD = ["ArrowRight", "ArrowDown", "PageDown"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
const FIELDS = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=option]";
const DESIGNED = [1280, 720];
const SETTLES = 1500; // milliseconds after a key in which the server may still be answering an earlier one

function typing(event) {
  const held = event.composedPath()[0];
  return held instanceof Element && held.closest(FIELDS) !== null;
}

// A larger screen shows the same, larger; a smaller one scrolls, so that zooming in still enlarges.
function fit() {
  const shown = document.querySelector(".st-key-presented");
  if (!shown) return;
  const growth = Math.max(1, Math.min(window.innerWidth / DESIGNED[0], window.innerHeight / DESIGNED[1]));
  shown.style.zoom = growth;
  shown.style.setProperty("--growth", growth);
  shown.style.setProperty("--tall", `${window.innerHeight / growth}px`);
}

function fillPlaces(select, data) {
  const named = data.places.map((name) => (name === data.prepared ? `${name} (prepared)` : name));
  if (select.dataset.named !== named.join()) {
    select.replaceChildren(...data.places.map((name, at) => new Option(named[at], name)));
    select.dataset.named = named.join();
  }
  select.value = data.place;
}

function show(bar, data) {
  const part = (name) => bar.querySelector(`[name=${name}]`);
  const measure = data.places.length > 0;
  bar.querySelector(".at").textContent = `${data.number} of ${data.last}`;
  for (const name of ["first", "back"]) part(name).setAttribute("aria-disabled", data.number === 1);
  for (const name of ["next", "last"]) part(name).setAttribute("aria-disabled", data.number === data.last);
  part("notes").setAttribute("aria-pressed", data.panel === "notes");
  part("park").textContent = data.parked ? `Park (${data.parked})` : "Park";
  part("park").setAttribute("aria-pressed", data.panel === "park");
  part("park").setAttribute("aria-disabled", data.full);
  part("place").parentElement.hidden = !measure;
  part("prepared").hidden = !measure || data.place === data.prepared;
  part("leave").hidden = measure;
  fillPlaces(part("place"), data);
  const said = bar.querySelector(".said");
  if (said.textContent !== data.says) said.textContent = data.says;
}

// A place picked with the mouse leaves the keys to the screens again; picked with the keyboard, the list keeps them.
function listenToPlaces(select, data, setTriggerValue, signal) {
  let byMouse = false;
  select.addEventListener("pointerdown", () => (byMouse = true), { signal });
  select.addEventListener("keydown", () => (byMouse = false), { signal });
  select.addEventListener(
    "change",
    () => {
      setTriggerValue("place", select.value === data.prepared ? "prepared" : select.value);
      if (byMouse) select.blur();
    },
    { signal },
  );
}

// The question is typed at once, and the button that opened it is held again afterwards.
function moveFocus(bar, data) {
  const before = bar.dataset.panel;
  bar.dataset.panel = data.panel;
  if (before === data.panel || before === undefined) return;
  if (data.panel === "park") {
    const reach = (tries) => {
      const field = document.querySelector(".st-key-presented-park textarea");
      if (field) {
        field.focus();
        field.select();
      }
      else if (tries) setTimeout(() => reach(tries - 1), 60);
    };
    reach(30);
  } else if (before === "park") bar.querySelector("[name=park]").focus();
}

// Enter in the question goes on to who could answer, where Enter parks both: no line begins in a question.
function goesOn(field) {
  const form = field instanceof HTMLTextAreaElement && field.closest(".st-key-presented-park");
  if (!form) return false;
  const who = form.querySelector("input");
  who.focus();
  who.select();
  return true;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const bar = parentElement.querySelector(".bar");
  bar.stop?.abort();
  const stop = (bar.stop = new AbortController());
  if (!bar.pressed || Date.now() - bar.pressed > SETTLES || bar.wanted === data.number) bar.wanted = data.number;
  const turn = (to) => {
    const wanted = Math.min(Math.max(to, 1), data.last);
    if (wanted === bar.wanted) return;
    bar.wanted = wanted;
    bar.pressed = Date.now();
    setTriggerValue("turn", wanted);
  };
  const toggle = (panel) => setTriggerValue("panel", data.panel === panel ? "none" : panel);
  const does = {
    first: () => turn(1),
    back: () => turn(bar.wanted - 1),
    next: () => turn(bar.wanted + 1),
    last: () => turn(data.last),
    notes: () => toggle("notes"),
    park: () => !data.full && toggle("park"),
    prepared: () => data.place !== data.prepared && setTriggerValue("place", "prepared"),
    leave: () => setTriggerValue("leave", true),
  };
  const named = (key) => {
    if (FORWARD.includes(key)) return "next";
    if (BACK.includes(key)) return "back";
    return { Home: "first", End: "last", n: "notes", p: "park", 0: "prepared", r: "prepared" }[
      key.length === 1 ? key.toLowerCase() : key
    ];
  };
  const onKey = (event) => {
    if (event.key === "Escape" && data.panel) {
      setTriggerValue("panel", "none");
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && goesOn(event.target)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const name = named(event.key);
    const returns = event.key === "0" && event.composedPath()[0].name === "place"; // no place begins with it
    if (!name || event.ctrlKey || event.altKey || event.metaKey || (typing(event) && !returns)) return;
    event.preventDefault();
    event.stopPropagation(); // R would run the page again
    does[name]();
  };
  const onClick = (event) => {
    const button = event.target.closest("button");
    if (button && button.getAttribute("aria-disabled") !== "true") does[button.name]();
  };
  window.addEventListener("keydown", onKey, { signal: stop.signal, capture: true });
  window.addEventListener("resize", fit, { signal: stop.signal });
  bar.addEventListener("click", onClick, { signal: stop.signal });
  listenToPlaces(bar.querySelector("select"), data, setTriggerValue, stop.signal);
  document.documentElement.lang = "en-GB";
  show(bar, data);
  moveFocus(bar, data);
  fit();
  return () => stop.abort();
}
