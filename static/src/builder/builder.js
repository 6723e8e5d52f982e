// Questions and pages of a form moved by mouse, finger and arrow keys. The server moves, and answers with the list
// as it then stands: here nothing is known of what may stand where.
import { drags } from "./drags.js";
import { live } from "./live.js";
import { neighbour } from "./neighbours.js";

const told = document.getElementById("builder-told");
const list = () => document.getElementById("builder");
let isBusy = false;

async function move(where) {
  if (isBusy) return;
  isBusy = true;
  const { moves, revision } = list().dataset;
  const body = new URLSearchParams({ ...where, revision });
  const headers = { "X-CSRFToken": document.querySelector("input[name=csrf_token]").value, "HX-Request": "true" };
  const answer = await fetch(moves, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
  isBusy = false;
  const page = new DOMParser().parseFromString((await answer?.text().catch(() => "")) ?? "", "text/html");
  const fresh = page.getElementById("builder");
  if (fresh) show(document.adoptNode(fresh), where);
  else trouble();
}

// The list goes back to where it was: nobody is shown a place that was not recorded.
function trouble() {
  show(list().cloneNode(true), {});
  told.textContent = told.dataset.offline;
  told.classList.remove("visually-hidden");
}

function show(fresh, { field, moved_page: page }) {
  list().replaceWith(fresh);
  told.classList.add("visually-hidden");
  told.textContent = fresh.dataset.told ?? fresh.querySelector("[role=alert]")?.textContent.trim() ?? "";
  const at = fresh.dataset.here ?? (page ? `page-${page}` : `field-${field}`);
  take();
  (fresh.querySelector(".error-summary") ?? document.getElementById(at)?.querySelector("[data-handle]"))?.focus();
  document.dispatchEvent(new Event("form-changed"));
}

function pressed(event) {
  const handle = event.target.closest?.("[data-handle]");
  const where = handle && neighbour(handle, event.key);
  if (!where) return;
  event.preventDefault();
  move(where);
}

function take() {
  for (const handle of list().querySelectorAll("[data-handle]")) handle.hidden = false;
  drags(list(), move);
}

document.addEventListener("keydown", pressed);
take();
live(document.getElementById("live"));
