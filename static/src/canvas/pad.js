// What a selected step offers beside itself: the next step, a transition, deletion.
import { BIN, CONNECT, EVENTS, KINDS, boundariesOf, isEvent, isStep, isTransition, kindOf, newShape } from "./kinds.js";

const NEXT = ["task", "branch", "supplement", "end"];

export class StepPad {
  constructor(contextPad, connect, create, elementFactory, bpmnFactory, autoPlace, modeling, selection, words) {
    Object.assign(this, { connect, create, elementFactory, bpmnFactory, autoPlace, modeling, selection, words });
    contextPad.registerProvider(this);
  }

  getContextPadEntries(element) {
    const entries = {};
    for (const on of boundariesOf(element)) entries[`boundary.${on}`] = this.event(on);
    // One way leaves an event; a branch behind it leads further.
    const goesOn = isEvent(element) ? !element.outgoing.length : isStep(element) && kindOf(element.businessObject) !== "end";
    if (goesOn) {
      for (const kind of NEXT) entries[`append.${kind}`] = this.append(kind);
      entries.connect = this.connection();
    }
    if (isStep(element) || isEvent(element) || isTransition(element)) entries.delete = this.deletion(() => [element]);
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

  event(on) {
    return entry("boundary", this.words.boundaries[on], EVENTS[on].icon, { click: (_, element) => this.attach(on, element) });
  }

  // On the lower edge, from the right: as many as the step has.
  attach(on, host) {
    const shape = this.elementFactory.createShape({ type: "bpmn:BoundaryEvent", eventDefinitionType: EVENTS[on].definition });
    const right = 26 + 44 * (host.attachers?.length ?? 0);
    const made = this.modeling.createShape(shape, { x: host.x + host.width - right, y: host.y + host.height }, host, { attach: true });
    this.selection.select(made);
  }

  connection() {
    const start = (event, element) => this.connect.start(event, element);
    // From the keyboard the other end is chosen in a list: the entry gives the drawing its focus back first.
    const click = (event, element) => (event.detail ? start(event, element) : setTimeout(() => document.getElementById("connect-to")?.focus()));
    return entry("connect", this.words.connect, CONNECT, { click, dragstart: start });
  }

  deletion(elements) {
    return entry("edit", this.words.delete, BIN, { click: () => this.modeling.removeElements(elements()) });
  }
}
StepPad.$inject = ["contextPad", "connect", "create", "elementFactory", "bpmnFactory", "autoPlace", "modeling", "selection", "config.words"];

function entry(group, title, icon, action) {
  const html = `<div class="entry" draggable="true" role="button" tabindex="0">${icon}</div>`;
  return { group, title, html, action };
}
