// A question is checked once somebody leaves it having changed it, not between the parts of a date. While a pointer is
// down nothing moves under it; who presses a button or a link is not held up: the page that comes tells what is wrong.
const changed = new WeakSet();
let pressed = null;
let waiting = null;
const questionOf = (input) => input.closest?.(".page-fields[hx-post] .field");
const leftInput = (question) => question.closest(".page-fields").querySelector("[name=left-input]");

document.addEventListener("pointerdown", ({ target }) => { pressed = target; }, true);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => setTimeout(() => {
    pressed = null;
    waiting?.();
    waiting = null;
  }), true);
}

// Before htmx asks what the answer opens: nothing was left yet.
document.addEventListener("change", ({ target }) => {
  const question = questionOf(target);
  if (!question) return;
  changed.add(question);
  leftInput(question).value = "";
}, true);

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const question = questionOf(target);
  if (!question || !changed.has(question) || question.contains(relatedTarget)) return;
  if (pressed?.closest?.("a, button")) return;
  changed.delete(question);
  const ask = () => {
    if (!question.isConnected) return;
    leftInput(question).value = target.name;
    question.closest(".page-fields").dispatchEvent(new Event("left"));
  };
  if (pressed) waiting = ask;
  else ask();
});
