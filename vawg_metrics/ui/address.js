// The address of what is shown, and a polite live region.
// Filters replace the history entry and never add one: leaving must not take many steps back.
function writeAddress(keys, asked) {
  const wanted = new URLSearchParams(window.location.search);
  keys.forEach((key) => wanted.delete(key));
  Object.entries(asked).forEach(([key, values]) => values.forEach((value) => wanted.append(key, value)));
  const search = wanted.toString() ? `?${wanted}` : "";
  if (search !== window.location.search) {
    window.history.replaceState(window.history.state, "", window.location.pathname + search + window.location.hash);
  }
}

export default function (component) {
  const { data, parentElement } = component;
  writeAddress(data.keys, data.address); // again when the page changes, for Streamlit clears the address then
  const again = setTimeout(() => writeAddress(data.keys, data.address), 300);
  const said = parentElement.querySelector(".said");
  if (said.dataset.before && said.dataset.before !== data.says) said.textContent = data.says;
  said.dataset.before = data.says;
  return () => clearTimeout(again);
}
