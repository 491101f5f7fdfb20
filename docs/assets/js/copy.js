/* Copying what a page offers to be taken along. Where the browser refuses, the text is selected, so that one key does. */

export function prepare() {
  for (const text of document.querySelectorAll("[data-ri-today]")) {
    text.textContent = text.textContent.replace(text.dataset.riToday, today());
    delete text.dataset.riToday;
  }
  for (const button of document.querySelectorAll("[data-ri-copy]:not([data-ready])")) {
    button.dataset.ready = "";
    button.addEventListener("click", () => copy(button));
  }
}

/* As citations write it, where the reader is. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function copy(button) {
  const source = button.closest(".ri-copy").querySelector("[data-ri-text]");
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    say(button, button.dataset.done);
  } catch {
    select(source);
    say(button, button.dataset.refused);
  }
}

function select(source) {
  if (source.select) source.select();
  else getSelection().selectAllChildren(source);
}

function say(button, text) {
  const holder = button.closest(".ri-copy");
  let message = holder.querySelector("[role=status]");
  if (!message) {
    message = document.createElement("span");
    message.setAttribute("role", "status");
    holder.append(" ", message);
  }
  message.textContent = text;
}
