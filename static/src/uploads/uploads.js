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
  input.before(said);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", said.id);
  input.focus();
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

async function take(place, file, done) {
  const wrong = fault(place, file);
  if (wrong) return complain(place, wrong);
  place.querySelector(".field-error")?.remove();
  place.querySelector("input[type=file]").removeAttribute("aria-invalid");
  const controls = [...place.querySelectorAll("input[type=file], select, button")];
  for (const each of controls) each.disabled = true;
  const shown = box(place, file, words());
  const release = () => {
    waiting.delete(shown);
    shown.remove();
    for (const each of controls) each.disabled = false;
  };
  waiting.add(shown);
  shown.say(words().reading);
  const digest = await sha256(file);
  const before = begun(place, digest);
  const stop = send(file, {
    endpoint: place.dataset.uploads,
    uploadUrl: before?.dataset.upload,
    metadata: metadata(place, file, digest),
    headers: { "X-CSRFToken": document.querySelector("[name=csrf_token]").value },
  }, {
    sending: () => shown.say(before ? words().again : words().sending),
    lost: () => shown.say(words().lost),
    progress: shown.progress,
    refused: (sentence) => { release(); complain(place, sentence || words().trouble); },
    done: (answer) => { waiting.delete(shown); shown.finish(words().done); done(answer, release); },
  });
  shown.stops(() => { stop(); release(); place.querySelector("input[type=file]").value = ""; });
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
  if (!file && !question) return;
  event.preventDefault();
  if (!file) complain(place, words().none);
  else take(place, file, question ? (answer, release) => name(place, answer, release) : () => reload(place));
});
