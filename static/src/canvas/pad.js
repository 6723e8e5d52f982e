// What a selected step offers beside itself: the next step, a transition, deletion.
import { BIN, CONNECT, KINDS, isStep, isTransition, kindOf, newShape } from "./kinds.js";

const NEXT = ["task", "branch", "supplement", "end"];

export class StepPad {
  constructor(contextPad, connect, create, elementFactory, bpmnFactory, autoPlace, modeling, words) {
    Object.assign(this, { connect, create, elementFactory, bpmnFactory, autoPlace, modeling, words });
    contextPad.registerProvider(this);
  }

  getContextPadEntries(element) {
    const entries = {};
    if (isStep(element) && kindOf(element.businessObject) !== "end") {
      for (const kind of NEXT) entries[`append.${kind}`] = this.append(kind);
      entries.connect = this.connection();
    }
    if (isStep(element) || isTransition(element)) entries.delete = this.deletion(() => [element]);
    return entries;
  }

  getMultiElementContextPadEntries(elements) {
    return { delete: this.deletion(() => [...elements]) };
  }

  append(kind) {
    const shape = () => newShape(kind, this.bpmnFactory, this.elementFactory);
    return entry("append", `${this.words.append}: ${this.words.kinds[kind]}`, KINDS[kind].icon, {
      click: (_, element) => this.autoPlace.append(element, shape()),
      dragstart: (event, element) => this.create.start(event, shape(), { source: element }),
    });
  }

  connection() {
    const start = (event, element) => this.connect.start(event, element);
    return entry("connect", this.words.connect, CONNECT, { click: start, dragstart: start });
  }

  deletion(elements) {
    return entry("edit", this.words.delete, BIN, { click: () => this.modeling.removeElements(elements()) });
  }
}
StepPad.$inject = ["contextPad", "connect", "create", "elementFactory", "bpmnFactory", "autoPlace", "modeling", "config.words"];

function entry(group, title, icon, action) {
  const html = `<div class="entry" draggable="true" role="button" tabindex="0">${icon}</div>`;
  return { group, title, html, action };
}
