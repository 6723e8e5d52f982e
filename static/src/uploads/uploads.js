// Files go in pieces where this script runs: a line that breaks costs nothing, on another day and device neither.
// Without it the forms send their file whole.
import { sha256 } from "./digest.js";
import { box } from "./box.js";
import { send } from "./sending.js";

const words = () => document.getElementById("upload-words").dataset;
const waiting = new Set();

// What has come of the same file before, in this place: known by its content, not by its name.
function begun(place, digest) {
  const known = place.closest(".upload-place")?.querySelectorAll("[data-upload]") ?? [];
  return digest ? [...known].find((each) => each.dataset.promised === digest) : undefined;
}

function complain(place, sentence) {
  const input = place.querySelector("input[type=file]");
  place.querySelector(".field-error")?.remove();
  const said = document.createElement("p");
  said.className = "field-error";
  said.id = `${input.id}-error`;
  said.setAttribute("role", "alert");
  said.textContent = sentence;
  const row = input.closest(".upload-row");
  row.before(said);
  row.parentElement.classList.add("field-wrong");
  input.classList.add("is-invalid");
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", said.id);
  input.focus();
}

function mend(place) {
  const input = place.querySelector("input[type=file]");
  place.querySelector(".field-error")?.remove();
  input.classList.remove("is-invalid");
  input.closest(".field-wrong")?.classList.remove("field-wrong");
  input.removeAttribute("aria-invalid");
}

function fault(place, file) {
  if (file.size === 0) return words().empty;
  if (file.size <= Number(place.dataset.limit ?? words().limit)) return "";
  return place.dataset.large ?? words().large;
}

function metadata(place, file, digest) {
  const component = place.dataset.component ?? place.querySelector("[name=component]")?.value ?? "";
  const said = { filename: file.name, component, field: place.dataset.field ?? "", digest };
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text));
}

// Nothing else is chosen in the place while a file is on its way from there.
function hold(place, held) {
  const controls = place.querySelectorAll("input[type=file], select, button:not([data-stop])");
  for (const each of controls) each.disabled = held;
}

// A question may be drawn anew while its file is on its way: the place is then another element.
const placeNow = (place) => (place.isConnected || !place.dataset.name ? place
  : document.querySelector(`[data-uploads][data-name="${CSS.escape(place.dataset.name)}"]`) ?? place);

document.addEventListener("htmx:after:swap", () => {
  for (const shown of waiting) {
    shown.place = placeNow(shown.place);
    shown.settle(shown.place);
    hold(shown.place, true);
  }
});

async function take(place, file, done) {
  const wrong = fault(place, file);
  if (wrong) return complain(place, wrong);
  mend(place);
  const shown = box(file, words());
  shown.place = place;
  shown.settle(place);
  hold(place, true);
  const release = () => {
    waiting.delete(shown);
    shown.remove();
    hold(shown.place, false);
    for (const each of shown.place.closest(".upload-place").querySelectorAll("[data-upload]")) each.hidden = false;
  };
  waiting.add(shown);
  shown.say(words().reading);
  const digest = await sha256(file);
  const before = begun(shown.place, digest);
  if (before) before.hidden = true;
  const stop = send(file, {
    endpoint: place.dataset.uploads,
    uploadUrl: before?.dataset.upload,
    metadata: metadata(shown.place, file, digest),
    headers: { "X-CSRFToken": document.querySelector("[name=csrf_token]").value },
  }, {
    sending: () => shown.say(before ? words().again : words().sending),
    lost: () => shown.say(words().lost),
    progress: shown.progress,
    refused: (sentence) => { release(); complain(shown.place, sentence || words().trouble); },
    done: (answer) => { waiting.delete(shown); shown.finish(words().done); done(shown.place, answer, release); },
  });
  shown.stops(() => { stop(); release(); shown.place.querySelector("input[type=file]").value = ""; });
}

// The page is asked for anew once nothing is on its way any more: it shows what the office now has.
function reload(place) {
  if (waiting.size) return;
  const here = place.closest("[id]")?.id;
  if (here) history.replaceState(null, "", `#${here}`);
  location.reload();
}

// The answer of the form names the file from now on; the server draws the question again.
function name(place, answer, release) {
  const named = document.createElement("input");
  Object.assign(named, { type: "hidden", className: "opens", name: place.dataset.name });
  named.value = answer.getHeader("Motcua-Document") ?? "";
  release();
  place.querySelector("input[type=file]").value = "";
  place.before(named);
  named.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("submit", (event) => {
  const question = event.submitter?.name === "add-file" && event.submitter.closest("[data-uploads]");
  const place = question || (event.target.matches("form[data-uploads]") && event.target);
  if (!place) return;
  const file = place.querySelector("input[type=file]").files[0];
  event.preventDefault();
  if (!file) complain(place, words().none);
  else take(place, file, question ? name : reload);
});
