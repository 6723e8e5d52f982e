// The section of the guide about this page, beside the page: the link opens it elsewhere where this does not run.
const link = document.querySelector("[data-guide]");

function drawer() {
  const dialog = document.createElement("dialog");
  dialog.className = "guide-drawer";
  dialog.setAttribute("aria-label", link.dataset.title);
  const close = document.createElement("button");
  Object.assign(close, { type: "button", className: "btn guide-close", textContent: link.dataset.close });
  const text = Object.assign(document.createElement("div"), { className: "guide-body", tabIndex: 0 });
  dialog.append(close, text, ...again());
  close.addEventListener("click", () => dialog.close());
  // A click on the page beside it closes it, like Escape.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => link.focus());
  document.body.append(dialog);
  return dialog;
}

// A page that has a tour gives it again.
function again() {
  const offer = document.getElementById("tour");
  if (!offer) return [];
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn guide-again", textContent: JSON.parse(offer.dataset.words).again });
  button.dataset.tourStart = "";
  return [button];
}

const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

// Links of the guide leave the page as it is: something may have been typed in it.
function keepPage(text) {
  for (const each of text.querySelectorAll("a[href]")) Object.assign(each, { target: "_blank", rel: "noopener" });
}

async function open(event) {
  if (!isPlain(event)) return;
  event.preventDefault();
  const answer = await fetch(link.dataset.guide).catch(() => null);
  if (!answer?.ok) return window.open(link.href, "_blank", "noopener");
  const dialog = document.querySelector(".guide-drawer") ?? drawer();
  const text = dialog.querySelector(".guide-body");
  text.innerHTML = await answer.text();
  keepPage(text);
  dialog.showModal();
  text.scrollTop = 0;
}

link?.addEventListener("click", open);
