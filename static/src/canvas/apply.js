// The panel's answers, as changes of the drawing: made in one go, so that one "undo" takes them back.
import { isTransition, kindOf } from "./kinds.js";
import { CHOOSING, propertiesIn } from "./description.js";
import { extension, rowName, rowsIn } from "./rows.js";

// What a person changed in the form, between two readings of it. What the form merely shows is left alone: the
// drawing may have gone on since.
// words: what the form calls the values of a branch
export function changesIn(before, now, element, modeler, words) {
  const asked = isTransition(element) ? ofTransition : ofStep;
  const old = asked(before, element, words);
  const changes = asked(now, element, words).map(([thing, properties], index) => [thing, differing(old[index][1], properties)]);
  const kind = kindOf(element.businessObject);
  const rows = rowName(kind) ? ofRows(rowsIn(before, kind), rowsIn(now, kind), element, modeler) : [];
  return [...changes, ...rows].map(([thing, properties]) => [thing, alone(properties)]).filter(([, properties]) => Object.keys(properties).length);
}

// Where a rule says who works on a task, nobody else does: the role and the place that it had go.
const alone = (properties) => (properties["motcua:assign"] ? { ...properties, "motcua:role": undefined, "motcua:area": undefined } : properties);

const differing = (before, now) => Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name]));

function ofTransition(data, way, words) {
  if (!data.has("when")) return [];
  return [
    [way, standing(data.get("when"), words)],
    [way.source, { default: data.has("is_default") ? way.businessObject : undefined }],
  ];
}

function ofStep(data, step, words) {
  const kind = kindOf(step.businessObject);
  const properties = propertiesIn(data, kind);
  if (!CHOOSING.includes(kind)) return [[step, properties]];
  const way = (key) => step.outgoing.find(({ businessObject }) => businessObject.id === key);
  const values = [...data.keys()].filter((name) => name.startsWith("when.") && way(name.slice(5)));
  return [
    [step, { ...properties, default: way(data.get("default"))?.businessObject }],
    ...values.map((name) => [way(name.slice(5)), standing(data.get(name), words)]),
  ];
}

// The value and, for people, its words beside the line.
const standing = (value, words) => ({ "motcua:when": value || undefined, name: words[value] || undefined });

// The rows of a step; where an outcome got another key or label, the ways out of the next branch follow.
function ofRows(before, now, step, modeler) {
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  const branches = step.outgoing.map((way) => way.target).filter((next) => kindOf(next.businessObject) === "branch");
  const ways = branches.flatMap((branch) => branch.outgoing).flatMap((way) => {
    const outcome = now[before.findIndex(({ key }) => key === way.businessObject.get("motcua:when"))];
    return outcome?.label !== undefined ? [[way, { "motcua:when": outcome.key, name: outcome.label || outcome.key }]] : [];
  });
  return [[step, { extensionElements: extension(kindOf(step.businessObject), now, modeler) }], ...ways];
}
