/* Copying what a page offers to be taken along. Where the browser refuses, the text is selected, so that one key does. */

export function prepare() {
  for (const button of document.querySelectorAll("[data-ri-copy]:not([data-ready])")) {
    button.dataset.ready = "";
    button.addEventListener("click", () => copy(button));
  }
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
