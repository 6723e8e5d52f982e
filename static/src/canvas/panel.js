// The panel beside the drawing: the server's form for the selected step, filled with what the drawing says.
import { changesIn } from "./apply.js";
import { described } from "./description.js";
import { boundaryOf, calledBy, isEvent, isStep, isTransition, itself, kindOf, stepOf } from "./kinds.js";
import { extension, freshField, rowName, rowsOf, withFresh } from "./rows.js";

// What the rest of the form depends on.
const OFFERING = ["choice", "procedure", "assign"];

export class Panel {
  constructor(modeler, place, choice, { panel, token, words, may_write }) {
    Object.assign(this, { modeler, place, choice, address: panel, token, words, mayWrite: may_write, asked: 0 });
    const bus = modeler.get("eventBus");
    bus.on("selection.changed", ({ newSelection }) => this.show(newSelection.length === 1 ? itself(newSelection[0]) : null));
    bus.on(["elements.changed", "element.updateId"], () => this.drawingChanged());
    // While a step is being deleted nothing may be changed: what was typed goes first.
    bus.on("commandStack.elements.delete.preExecute", 2000, () => this.apply());
    place.addEventListener("change", () => this.isPressed || this.apply());
    this.waitForPresses();
    place.addEventListener("submit", (event) => { event.preventDefault(); this.apply(); });
    place.addEventListener("click", (event) => this.clicked(event.target.closest("button")));
    choice.addEventListener("change", () => this.choose(choice.value));
    this.list();
    this.invite();
  }

  // Pressing a button elsewhere leaves the field first. What was typed is applied once the press is over: applied at
  // once, it would draw anew the very thing that was pressed, and the click would meet nothing.
  waitForPresses() {
    const over = () => setTimeout(() => {
      if (!this.isPressed) return;
      this.isPressed = false;
      this.apply();
    });
    document.addEventListener("pointerdown", ({ target }) => { this.isPressed = !this.place.contains(target); }, true);
    for (const end of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(end, over, true);
  }

  get form() {
    return this.place.querySelector("form");
  }

  choose(key) {
    const element = this.modeler.get("elementRegistry").get(key);
    this.modeler.get("selection").select(element ?? null);
    if (element) this.modeler.get("canvas").scrollToElement(element, 80);
  }

  async show(element) {
    this.apply();
    // An event says what the way out of it says.
    const shown = isEvent(element) ? element.outgoing[0] : element;
    this.element = isStep(shown) || isTransition(shown) ? shown : null;
    this.choice.value = this.element?.businessObject.id ?? "";
    const asked = (this.asked += 1);
    // What is typed into the form of another step would be lost.
    this.place.inert = this.element !== null && this.formOf !== this.element;
    if (!this.element) return this.invite();
    const body = JSON.stringify(described(this.element, this.words));
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token, "HX-Request": "true" };
    const answer = await fetch(this.address, { method: "POST", headers, body }).catch(() => null);
    const form = answer?.ok && (await answer.text().catch(() => null));
    // Another step may have been selected while the answer was on its way.
    if (!form || asked !== this.asked) return undefined;
    const focused = document.activeElement?.closest("#step-panel") && document.activeElement.type !== "submit" && document.activeElement.name;
    this.place.innerHTML = form;
    this.remember();
    this.place.inert = false;
    this.focus(focused);
    // Or the drawing may have gone on.
    return this.shown === body ? undefined : this.show(this.element);
  }

  // Where one goes on typing: in the field of before, in the row just added, or at the button that adds another.
  focus(field) {
    const pressed = this.pressed;
    this.pressed = null;
    if (field) this.form.elements.namedItem(field)?.focus();
    else if (pressed === "add") freshField(this.form, kindOf(this.element.businessObject))?.focus();
    else if (pressed === "remove") this.form.querySelector("[data-add]")?.focus();
  }

  invite() {
    this.place.replaceChildren(Object.assign(document.createElement("p"), { className: "form-hint", textContent: this.words.choose }));
  }

  // What drawing and form say now: later only what differs from it is a change.
  remember() {
    this.shown = JSON.stringify(described(this.element, this.words));
    this.before = new FormData(this.form);
    this.formOf = this.element;
  }

  // Applies what is typed; also called before saving, so that nothing typed is left behind.
  apply() {
    if (this.isApplying || !this.form || !this.element || this.formOf !== this.element || !this.mayWrite) return;
    const now = new FormData(this.form);
    const changes = changesIn(this.before, now, this.element, this.modeler, wordsIn(this.form));
    if (!changes.length) return;
    const { element } = this;
    const asked = OFFERING.map((field) => this.before.get(field));
    this.isApplying = true;
    this.modeler.get("changes").make(changes);
    this.isApplying = false;
    // What was applied may have moved the selection: then another form is on its way.
    if (this.element !== element) return;
    this.follow();
    // Another rule, another procedure offers something else: only the server knows.
    if (OFFERING.some((field, index) => now.get(field) !== asked[index])) this.show(this.element);
  }

  // Keys follow from names: the form, in which somebody may be typing on, takes them over in place.
  follow() {
    const { id } = this.element.businessObject;
    this.form.dataset.element = id;
    this.form.querySelector("legend code").textContent = id;
    const name = rowName(kindOf(this.element.businessObject));
    rowsOf(this.element).forEach(({ key }, index) => {
      const field = this.form.elements.namedItem(`${name}.${index}.key`);
      if (field && field !== document.activeElement) field.value = key;
    });
    this.remember();
  }

  clicked(button) {
    if (!button || !this.element) return;
    const { add, remove } = button.dataset;
    if (add === undefined && remove === undefined) return;
    this.apply();
    this.pressed = add ? "add" : "remove";
    const wanted = add ? withFresh(this.element) : rowsOf(this.element).filter((_, index) => index !== Number(remove));
    const kind = kindOf(this.element.businessObject);
    this.modeler.get("changes").make([[this.element, { extensionElements: extension(kind, wanted, this.modeler) }]]);
  }

  drawingChanged() {
    this.list();
    if (!this.element || this.isApplying) return;
    const isThere = this.modeler.get("elementRegistry").get(this.element.id);
    if (!isThere) return this.show(null);
    // The panel shows again what it does not say itself: an undo, a name typed into the shape, a new key.
    if (JSON.stringify(described(this.element, this.words)) !== this.shown) this.show(this.element);
  }

  list() {
    const { words } = this;
    const registry = this.modeler.get("elementRegistry");
    const option = (text, value) => Object.assign(document.createElement("option"), { textContent: text, value });
    const group = (label, isWanted) => {
      const options = registry.filter(isWanted).map((each) => option(titleOf(each, words), each.businessObject.id));
      options.sort((one, other) => one.textContent.localeCompare(other.textContent, "vi"));
      const made = Object.assign(document.createElement("optgroup"), { label });
      made.append(...options);
      return made;
    };
    const value = this.element?.businessObject.id ?? "";
    this.choice.replaceChildren(option(words.nothing, ""), group(words.steps, isStep), group(words.transitions, isTransition));
    this.choice.value = value;
  }
}

// What the form calls the values a branch may go by.
function wordsIn(form) {
  const options = [...form.querySelectorAll('select[name^="when"] option')].filter(({ value }) => value);
  return Object.fromEntries(options.map(({ value, text }) => [value, text.trim()]));
}

function titleOf(element, words) {
  const name = (step) => calledBy(step.businessObject, words);
  if (isStep(element)) return name(element);
  const on = isEvent(element.source) ? ` (${words.boundaries[boundaryOf(element.source)]})` : "";
  return `${name(stepOf(element.source))}${on} ${words.to} ${name(element.target)}`;
}
