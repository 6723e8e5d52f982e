// The palette: our kinds of step with their words, for the mouse (drag, or click and click) and for the keyboard.
import { KINDS, isStep, newShape } from "./kinds.js";
import { freePlace } from "./view.js";

export class StepPalette {
  constructor(palette, create, elementFactory, bpmnFactory, autoPlace, selection, canvas, elementRegistry, modeling, rules, words) {
    Object.assign(this, { create, elementFactory, bpmnFactory, autoPlace, selection, canvas, elementRegistry, modeling, rules, words });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    return Object.fromEntries(Object.entries(KINDS).map(([kind, { icon }]) => [`create.${kind}`, this.entry(kind, icon)]));
  }

  entry(kind, icon) {
    const start = (event) => this.create.start(event, this.shape(kind));
    return {
      group: "steps",
      title: `${this.words.add}: ${this.words.kinds[kind]}`,
      html: `<div class="entry step-entry" draggable="true" tabindex="0">${icon}<span>${this.words.kinds[kind]}</span></div>`,
      // A click from the keyboard has no place: the step goes behind the selected one.
      action: { dragstart: start, click: (event) => (event.detail ? start(event) : this.place(kind)) },
    };
  }

  shape(kind) {
    return newShape(kind, this.bpmnFactory, this.elementFactory);
  }

  place(kind) {
    const shape = this.shape(kind);
    const [source, ...others] = this.selection.get();
    const follows = source && !others.length && isStep(source) && this.rules.allowed("connection.create", { source, target: shape });
    if (follows) return this.autoPlace.append(source, shape);
    const made = this.modeling.createShape(shape, freePlace(this.canvas, this.elementRegistry, shape), this.canvas.getRootElement());
    this.canvas.scrollToElement(made);
    return this.selection.select(made);
  }
}
StepPalette.$inject = ["palette", "create", "elementFactory", "bpmnFactory", "autoPlace", "selection", "canvas", "elementRegistry", "modeling", "rules", "config.words"];
