// Glue: htmx, and a sentence when the server could not answer one of its requests. Pages work without this file.
import "htmx.org";
import "./guide/beside.js";
import "./leaving.js";

const region = () => document.getElementById("flash");

function say(words) {
  const notice = document.createElement("div");
  notice.className = "notice notice-danger";
  notice.textContent = words;
  region()?.replaceChildren(notice);
  region()?.scrollIntoView({ block: "nearest" });
}

// An error page says what happened and what to do: show its words where the person is.
function wordsOf(page) {
  const words = new DOMParser().parseFromString(page, "text/html").querySelector("[data-trouble-words]");
  return words?.textContent.trim().replace(/\s+/g, " ");
}

document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (status !== 422) say(wordsOf(event.detail.ctx.text ?? "") ?? region()?.dataset.trouble);
});
document.addEventListener("htmx:error", () => say(region()?.dataset.offline));

// A menu made of <details> closes on Escape, on a click elsewhere, and when focus leaves it.
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What is wrong is read first, once, unless the page opens at the question that is wrong.
let told = null;
function tell() {
  const summary = document.querySelector(".error-summary");
  if (summary && summary !== told && !document.querySelector(".page-fields [autofocus]")) summary.focus();
  told = summary;
}
tell();
document.addEventListener("htmx:after:swap", tell);

// On a telephone the bars of links scroll: where one is comes into view.
for (const here of document.querySelectorAll("nav [aria-current=page]")) {
  const bar = here.closest("ul");
  if (bar && bar.scrollWidth > bar.clientWidth) bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
}
