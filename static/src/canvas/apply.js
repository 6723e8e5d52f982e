// The panel's answers, as changes of the drawing: made in one go, so that one "undo" takes them back.
import { isTransition, kindOf } from "./kinds.js";
import { outcomesIn, outcomesOf, propertiesIn } from "./description.js";

export function changesIn(form, element, modeler) {
  const data = new FormData(form);
  const changes = isTransition(element) ? ofTransition(data, element) : ofStep(data, element, modeler);
  return changes.map(changed).filter(([, properties]) => Object.keys(properties).length);
}

function changed([element, properties]) {
  const object = element.businessObject;
  const differs = ([name, value]) => name === "extensionElements" || (object.get(name) || undefined) !== (value || undefined);
  return [element, Object.fromEntries(Object.entries(properties).filter(differs))];
}

function ofTransition(data, way) {
  if (!data.has("when")) return [];
  const from = way.source.businessObject;
  const wasDefault = from.default === way.businessObject;
  const isDefault = data.has("is_default");
  return [
    [way, standing(way.source, data.get("when"))],
    ...(wasDefault === isDefault ? [] : [[way.source, { default: isDefault ? way.businessObject : undefined }]]),
  ];
}

function ofStep(data, step, modeler) {
  const kind = kindOf(step.businessObject);
  const properties = propertiesIn(data, kind);
  if (kind === "task") return [[step, { ...properties, ...outcomes(data, step, modeler) }], ...renamed(data, step)];
  if (kind !== "branch") return [[step, properties]];
  const ways = step.outgoing.filter((way) => data.has(`when.${way.businessObject.id}`));
  const chosen = step.outgoing.find((way) => way.businessObject.id === data.get("default"));
  const fallback = data.has("default") ? { default: chosen?.businessObject } : {};
  return [
    [step, { ...properties, ...fallback }],
    ...ways.map((way) => [way, standing(step, data.get(`when.${way.businessObject.id}`))]),
  ];
}

// The value and, for people, its words beside the line.
function standing(branch, value) {
  const outcomes = branch.incoming.flatMap((way) => outcomesOf(way.source));
  const words = outcomes.find(({ key }) => key === value)?.label ?? value;
  return { "motcua:when": value || undefined, name: words || undefined };
}

function outcomes(data, step, modeler) {
  const wanted = outcomesIn(data);
  if (JSON.stringify(wanted) === JSON.stringify(outcomesOf(step))) return {};
  return { extensionElements: extension(wanted, modeler) };
}

export function extension(outcomes, modeler) {
  const factory = modeler.get("bpmnFactory");
  if (!outcomes.length) return undefined;
  const values = outcomes.map(({ key, label, label_en, decision, needs_reason }) => factory.create("motcua:Outcome", {
    key, label, ...(label_en && { "label-en": label_en }), ...(decision && { decision }), ...(needs_reason && { "needs-reason": "true" }),
  }));
  const made = factory.create("bpmn:ExtensionElements", { values });
  for (const value of values) value.$parent = made;
  return made;
}

// Where an outcome got another key or label, the ways out of the next branch follow.
function renamed(data, step) {
  const was = outcomesOf(step);
  const wanted = outcomesIn(data);
  if (was.length !== wanted.length) return [];
  const branches = step.outgoing.map((way) => way.target).filter((next) => kindOf(next.businessObject) === "branch");
  return branches.flatMap((branch) => branch.outgoing).flatMap((way) => {
    const index = was.findIndex(({ key }) => key === way.businessObject.get("motcua:when"));
    return index < 0 ? [] : [[way, { "motcua:when": wanted[index].key, name: wanted[index].label || wanted[index].key }]];
  });
}
