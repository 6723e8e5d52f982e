// What the drawing says of one step or transition, as the server's panel shows it; and what the panel says, back.
import { isTransition, kindOf, nameOf } from "./kinds.js";
import { free, keyFrom } from "./keys.js";

const list = (text) => (text ?? "").split(" ").filter(Boolean);
const said = (object, name) => object.get(`motcua:${name}`) ?? "";
const named = (step, words) => nameOf(step.businessObject, words) || words.unnamed;

export const outcomesOf = (step) =>
  (step.businessObject.extensionElements?.values ?? []).filter(({ $type }) => $type === "motcua:Outcome").map((outcome) => ({
    key: outcome.key ?? "", label: outcome.label ?? "", label_en: outcome.get("label-en") ?? "",
    decision: outcome.decision ?? "", needs_reason: outcome.get("needs-reason") === "true",
  }));

const before = (branch) => branch.incoming.map((way) => way.source).flatMap(outcomesOf);

const waysOf = (branch, words) => branch.outgoing.filter(isTransition).map((way) => ({
  key: way.businessObject.id, to: named(way.target, words), when: said(way.businessObject, "when"),
}));

export function described(element, words) {
  return isTransition(element) ? transition(element, words) : step(element, words);
}

function transition(way, words) {
  const from = way.source.businessObject;
  const fromKind = kindOf(from);
  return {
    kind: "transition", key: way.businessObject.id, from: named(way.source, words), to: named(way.target, words),
    from_kind: fromKind, when: said(way.businessObject, "when"), is_default: from.default === way.businessObject,
    ...(fromKind === "branch" && { choice: said(from, "choice"), before: before(way.source) }),
  };
}

function step(element, words) {
  const object = element.businessObject;
  const kind = kindOf(object);
  const [amount, unit] = said(object, "budget").split(" ");
  return {
    kind, key: object.id, name: object.name ?? "", name_en: said(object, "name-en"),
    ...(kind === "task" && {
      role: said(object, "role"), area: said(object, "area"), outcomes: outcomesOf(element),
      ...Object.fromEntries(["shows", "fills", "corrects", "collects"].map((name) => [name, list(said(object, name))])),
    }),
    ...((kind === "task" || kind === "supplement") && { budget_amount: amount, budget_unit: unit }),
    ...(kind === "branch" && {
      choice: said(object, "choice"), default: object.default?.id ?? "", before: before(element), ways: waysOf(element, words),
    }),
    ...(kind === "end" && { ending: said(object, "ending") }),
  };
}

// The properties that the form of the panel asks for; what it has no field for stays as it is.
export function propertiesIn(data, kind) {
  const properties = {};
  const one = (field, name) => { if (data.has(field)) properties[name] = data.get(field).trim() || undefined; };
  one("name", "name");
  for (const field of ["name_en", "role", "choice", "ending"]) one(field, `motcua:${field.replace("_", "-")}`);
  if (data.has("area")) properties["motcua:area"] = data.get("area") === "solving" ? undefined : data.get("area");
  if (data.has("budget_amount")) {
    const amount = data.get("budget_amount").trim();
    properties["motcua:budget"] = amount ? `${amount.replace(/\s+/g, "")} ${data.get("budget_unit")}` : undefined;
  }
  if (kind === "task") {
    for (const name of ["shows", "fills", "corrects", "collects"]) properties[`motcua:${name}`] = data.getAll(name).join(" ") || undefined;
  }
  return properties;
}

const MADE_UP = /^outcome_\d+$/;

export function outcomesIn(data) {
  const numbers = [...data.keys()].map((name) => /^outcome\.(\d+)\.label$/.exec(name)?.[1]).filter(Boolean);
  const taken = new Set();
  return numbers.map((number) => {
    const field = (name) => (data.get(`outcome.${number}.${name}`) ?? "").trim();
    const typed = keyFrom(field("key"));
    // Named once, a key stays: dossiers and transitions go by it.
    const stem = typed && !MADE_UP.test(typed) ? typed : keyFrom(field("label")) || typed || `outcome_${Number(number) + 1}`;
    const key = free(stem, (other) => taken.has(other));
    taken.add(key);
    return { key, label: field("label"), label_en: field("label_en"), decision: field("decision"), needs_reason: Boolean(field("needs_reason")) };
  });
}
