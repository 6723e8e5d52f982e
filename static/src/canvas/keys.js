// Keys of what is drawn: "task_1" until a step is named, then its name: "Thẩm tra hồ sơ" → tham_tra_ho_so.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import BpmnFactory from "bpmn-js/lib/features/modeling/BpmnFactory";
import { boundaryOf, isEvent, isStep, isTransition, itself, kindOf } from "./kinds.js";

// Two of them and "_to_" between stay within the 80 letters of a key.
const LONGEST = 36;
const UNNAMED = /^(start|task|branch|split|join|inclusive|supplement|consultation|payment|message|moment|automatic|call|end)_\d+$/;

export function keyFrom(name) {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "");
  if (words.length <= LONGEST) return words;
  return words.slice(0, LONGEST + 1).replace(/_[^_]*$/, "").slice(0, LONGEST);
}

export function free(stem, isTaken) {
  if (!isTaken(stem)) return stem;
  let number = 2;
  while (isTaken(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

export function numbered(stem, isTaken) {
  let number = 1;
  while (isTaken(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

export class KeyedFactory extends BpmnFactory {
  constructor(moddle, elementRegistry) {
    super(moddle);
    this.elementRegistry = elementRegistry;
  }

  _ensureId(element) {
    const stem = element.$type === "bpmn:SequenceFlow" ? "transition" : kindOf(element);
    // The words beside a step keep the number that the step had before it was named.
    const isTaken = (id) => this._model.ids.assigned(id) || this.elementRegistry.get(`${id}_label`);
    if (!element.id && stem) element.id = numbered(stem, isTaken);
    super._ensureId(element);
  }
}
KeyedFactory.$inject = ["moddle", "elementRegistry"];

// What is published keeps its key for ever; so does what a person has named once.
export class Naming extends CommandInterceptor {
  constructor(eventBus, modeling, moddle, published) {
    super(eventBus);
    Object.assign(this, { modeling, ids: moddle.ids, published: new Set(published) });
    this.postExecuted(["element.updateLabel", "element.updateProperties"], ({ context }) => this.named(itself(context.element)));
    // What is pasted is called by its name at once.
    this.postExecuted("elements.create", ({ context }) => context.elements.filter(isStep).forEach((step) => this.named(step)));
    this.postExecuted("connection.create", ({ context }) => this.connected(context.connection));
  }

  named(step) {
    if (!isStep(step) || !UNNAMED.test(step.businessObject.id) || this.published.has(step.businessObject.id)) return;
    const key = keyFrom(step.businessObject.name ?? "");
    if (!key) return;
    const events = (step.attachers ?? []).flatMap((event) => event.outgoing);
    const ways = [...step.incoming, ...step.outgoing, ...events].filter((way) => isTransition(way) && this.isMadeUp(way));
    this.call(step, key);
    for (const way of new Set(ways)) this.connected(way);
  }

  connected(way) {
    if (isTransition(way)) this.call(way, ends(way));
  }

  isMadeUp(way) {
    return !this.published.has(way.businessObject.id) && way.businessObject.id.startsWith(ends(way));
  }

  call(element, key) {
    const current = element.businessObject.id;
    if (current === key) return;
    this.modeling.updateProperties(element, { id: free(key, (id) => this.ids.assigned(id)) });
  }
}
Naming.$inject = ["eventBus", "modeling", "moddle", "config.published"];

const from = (source) => (isEvent(source) ? `${source.host?.businessObject.id}_${boundaryOf(source)}` : source.businessObject.id);
const ends = (way) => `${from(way.source)}_to_${way.target.businessObject.id}`;
