// The tour of this page, shown by driver.js: stop after stop, what is not on the page is passed over.
import { driver } from "driver.js";

const offer = document.getElementById("tour");
const form = offer.querySelector("form");
const words = JSON.parse(offer.dataset.words);

const isThere = ({ at }) => document.querySelector(at)?.checkVisibility();
const isQuiet = matchMedia("(prefers-reduced-motion: reduce)").matches;

// Told once; where that fails the tour is offered again, and nothing is lost.
function noteSeen() {
  offer.hidden = true;
  const headers = { "HX-Request": "true" };
  fetch(form.action, { method: "POST", body: new FormData(form), headers, keepalive: true }).catch(() => null);
}

// driver.js calls whatever it shows a button that opens something, which a form or a list is not.
function plain() {
  const shown = document.querySelector(".driver-active-element");
  for (const name of ["aria-haspopup", "aria-expanded", "aria-controls"]) shown?.removeAttribute(name);
}

function start() {
  const before = document.activeElement;
  const stops = JSON.parse(offer.dataset.stops).filter(isThere);
  const tour = driver({
    steps: stops.map(({ at, title, text }) => ({ element: at, popover: { title, description: text } })),
    showProgress: true,
    progressText: words.progress,
    nextBtnText: words.next,
    prevBtnText: words.back,
    doneBtnText: words.done,
    animate: !isQuiet,
    smoothScroll: !isQuiet,
    onPopoverRender: ({ closeButton }) => { closeButton.setAttribute("aria-label", words.close); setTimeout(plain); },
    onHighlighted: plain,
    onDestroyed: () => { noteSeen(); (before.isConnected && before.checkVisibility() ? before : document.getElementById("main")).focus({ preventScroll: true }); },
  });
  tour.drive();
}

form.addEventListener("submit", (event) => { event.preventDefault(); noteSeen(); document.getElementById("main").focus({ preventScroll: true }); });
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-tour-start]")) return;
  document.querySelector(".guide-drawer[open]")?.close();
  start();
});
