// Saves a question while somebody writes it. Another kind has other boxes: that is saved by its button only.
const form = document.getElementById("field-form");
const state = document.getElementById("save-state");
const clash = document.getElementById("clash");
const kind = form.elements.kind.value;
const PAUSE = 1200;
let waiting;
let changes = 0;
let kept = 0;
let isBusy = false;
let isStopped = false;

function say(word) {
  state.dataset.state = word;
  state.textContent = state.dataset[word] ?? "";
}

async function save() {
  if (isBusy) return later();
  if (form.elements.kind.value !== kind) return;
  isBusy = true;
  const upTo = changes;
  say("saving");
  const body = new FormData(form);
  body.set("act", "save");
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value };
  const answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual", keepalive: true }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  isBusy = false;
  if (answer?.ok && told) succeeded(told, upTo);
  else if (answer?.status === 409) collided(told);
  else say(answer?.status === 422 ? "wrong" : "offline");
}

function succeeded({ revision }, upTo) {
  form.elements.revision.value = revision;
  clash.replaceChildren();
  kept = upTo;
  if (kept === changes) say("saved");
}

// Nothing is saved over the other one's work by itself: only the button does, once the notice was seen.
function collided({ clash: notice, revision }) {
  form.elements.revision.value = revision;
  clash.innerHTML = notice;
  say("clash");
  isStopped = true;
  clash.firstElementChild?.focus();
}

function later() {
  clearTimeout(waiting);
  if (!isStopped) waiting = setTimeout(save, PAUSE);
}

form.addEventListener("input", () => {
  changes += 1;
  if (!isStopped) say("");
  later();
});
// A button sends all that is typed itself.
form.addEventListener("submit", () => {
  isStopped = true;
  clearTimeout(waiting);
});
// Who leaves within the pause has written it all the same.
document.addEventListener("visibilitychange", () => {
  if (document.hidden && kept < changes && !isStopped) save();
});
