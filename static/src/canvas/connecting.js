// A transition drawn without a mouse: from the selected step to one chosen in a list.
import { calledBy, isEvent, isStep } from "./kinds.js";

export class Connecting {
  constructor(modeler, place, words) {
    Object.assign(this, { modeler, place, words, choice: place.querySelector("select"), rules: modeler.get("rules") });
    modeler.on(["selection.changed", "elements.changed"], () => this.offer());
    place.querySelector("button").addEventListener("click", () => this.connect());
    this.offer();
  }

  get source() {
    const [source, ...others] = this.modeler.get("selection").get();
    return !others.length && (isStep(source) || isEvent(source)) ? source : null;
  }

  offer() {
    const { source } = this;
    const targets = source ? this.modeler.get("elementRegistry").filter((target) => isStep(target) && this.may(source, target)) : [];
    this.place.hidden = !targets.length;
    const options = targets.map((target) => Object.assign(document.createElement("option"), { textContent: calledBy(target.businessObject, this.words), value: target.id }));
    this.choice.replaceChildren(...options.sort((one, other) => one.textContent.localeCompare(other.textContent, "vi")));
  }

  may(source, target) {
    return this.rules.allowed("connection.start", { source }) && this.rules.allowed("connection.create", { source, target });
  }

  connect() {
    const { source } = this;
    const target = this.modeler.get("elementRegistry").get(this.choice.value);
    if (!source || !target) return;
    this.modeler.get("selection").select(this.modeler.get("modeling").connect(source, target));
    this.modeler.get("canvas").getContainer().querySelector("svg").focus();
  }
}
