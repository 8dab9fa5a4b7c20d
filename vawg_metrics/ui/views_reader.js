// A file of saved views, read here and handed over as text.
const MOST_BYTES = 400000;

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const input = parentElement.querySelector("input");
  input.onchange = async () => {
    const file = input.files[0];
    if (!file) return;
    setTriggerValue("text", file.size > MOST_BYTES ? "too long" : await file.text());
    input.value = "";
  };
}
