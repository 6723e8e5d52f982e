// Copying from paper at the counter, without the mouse: Enter goes on, a digit chooses, one key adds a row. Which
// questions there are and which are asked, the page says; without this file Tab and the buttons do it all.
const form = document.querySelector("form.entry");
const hint = form.querySelector(".entry-hint");
const STOPS = "input:not([type=hidden], [type=file]), select, textarea, [data-stop]";
const isTick = (input) => input.matches("[type=radio], [type=checkbox]");
const setOf = (input) => [...form.elements].filter((each) => each.name === input.name && isTick(each));
// An input method that is putting a letter together has the key for itself.
const isComposing = (event) => event.isComposing || event.keyCode === 229;

// One stop for each question: of several boxes or buttons the one that is taken, else the first.
function stops() {
  const met = new Set();
  return [...form.elements].filter((each) => {
    if (!each.matches(STOPS) || !each.checkVisibility()) return false;
    if (!isTick(each)) return true;
    return met.has(each.name) ? false : met.add(each.name);
  });
}

function go(from, step) {
  const all = stops();
  const here = isTick(from) ? setOf(from)[0] : from;
  enter(all[all.indexOf(here) + step]);
}

function enter(stop) {
  const input = stop && isTick(stop) ? setOf(stop).find((each) => each.checked) ?? stop : stop;
  input?.focus();
  if (input?.matches("input:not([type=radio], [type=checkbox])")) input.select();
}

function choose(input, number) {
  if (input.matches("select")) return chooseListed(input, number);
  const set = setOf(input);
  const picked = set[number - 1];
  if (!picked) return;
  if (picked.type === "checkbox" || !picked.checked) picked.click();
  if (picked.type === "radio" || set.length === 1) go(picked, 1);
  else picked.focus();
}

const listed = (select) => [...select.options].filter(({ value }) => value).slice(0, 9);

function chooseListed(select, number) {
  const picked = listed(select)[number - 1];
  if (!picked) return;
  select.value = picked.value;
  for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
  go(select, 1);
}

// To the rows one is in, else to those that come next, else to the last.
function addRow() {
  const here = document.activeElement;
  const all = [...form.querySelectorAll(".rows")].filter((each) => each.checkVisibility());
  const rows = here.closest(".rows") ?? all.find((each) => isBefore(here, each)) ?? all.at(-1);
  rows?.querySelector(":scope > .row-add")?.click();
}

const isBefore = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

function pressed(event) {
  const { target, code, key } = event;
  if (isComposing(event) || event.metaKey) return;
  if (event.altKey) return code === "KeyN" && !event.ctrlKey && taken(event, addRow);
  if (key === "Enter" && event.ctrlKey) return taken(event, () => form.requestSubmit(form.querySelector("[name=then][value=quote]")));
  if (key === "Enter") return entered(event);
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  if (digit && !event.ctrlKey && !event.shiftKey && (target.matches("select") || isTick(target))) taken(event, () => choose(target, Number(digit)));
}

function entered(event) {
  const { target, shiftKey } = event;
  if (!target.matches("input, select, textarea") || (shiftKey && target.matches("textarea"))) return;
  taken(event, () => go(target, shiftKey ? -1 : 1));
}

function taken(event, act) {
  event.preventDefault();
  act();
}

// What helps with the question: its hints, and of a list the numbers of its first choices.
function help({ target }) {
  const said = [...(target.closest(".field")?.querySelectorAll(".form-hint:not(.case-words)") ?? [])].map((each) => each.textContent.trim());
  const numbers = target.matches("select") ? listed(target).map(({ textContent }, place) => `${place + 1} ${textContent}`) : [];
  hint.textContent = [...said, numbers.join(" · ")].filter(Boolean).join(" ");
}

// Who went on before a question opened behind them is led back to it, unless they are typing already.
let isTyping = false;
const asked = () => new Set([...form.querySelectorAll(".case[data-asked=yes]")].map(({ id }) => id));
let open = asked();

function opened() {
  const before = open;
  open = asked();
  const here = document.activeElement;
  if (isTyping || !form.contains(here)) return;
  const fresh = [...open].filter((id) => !before.has(id)).map((id) => document.getElementById(id));
  const left = fresh.find((each) => isBefore(each, here) && !each.contains(here));
  if (left) enter(stops().find((stop) => left.contains(stop)));
}

form.addEventListener("keydown", pressed);
form.addEventListener("focusin", (event) => { isTyping = false; help(event); });
form.addEventListener("input", () => { isTyping = true; });
document.addEventListener("htmx:after:swap", opened);
if (form.contains(document.activeElement)) help({ target: document.activeElement });
