// What a step lists in its panel, and the drawing keeps as extension elements: the outcomes of a task, the units that a
// consultation asks, what a call hands on.
import { free, keyFrom, numbered } from "./keys.js";
import { kindOf } from "./kinds.js";

const valuesOf = (step, type) => (step.businessObject.extensionElements?.values ?? []).filter(({ $type }) => $type === type);

export const outcomesOf = (step) =>
  valuesOf(step, "motcua:Outcome").map((outcome) => ({
    key: outcome.key ?? "", label: outcome.label ?? "", label_en: outcome.get("label-en") ?? "",
    decision: outcome.decision ?? "", needs_reason: outcome.get("needs-reason") === "true",
  }));

const asksOf = (step) =>
  valuesOf(step, "motcua:Ask").map((ask) => {
    const [amount, unit] = (ask.budget ?? "").split(" ");
    return {
      key: ask.key ?? "", name: ask.name ?? "", name_en: ask.get("name-en") ?? "", role: ask.role ?? "",
      function: ask.get("function") ?? "", budget_amount: amount, budget_unit: unit ?? "",
    };
  });

const outcome = (field) => ({ label: field("label"), label_en: field("label_en"), decision: field("decision"), needs_reason: Boolean(field("needs_reason")) });

const ask = (field) => ({
  name: field("name"), name_en: field("name_en"), role: field("role"), function: keyFrom(field("function")),
  budget_amount: field("budget_amount").replace(/\s+/g, ""), budget_unit: field("budget_unit"),
});

const ofOutcome = ({ key, label, label_en, decision, needs_reason }) => ({
  key, label, ...(label_en && { "label-en": label_en }), ...(decision && { decision }), ...(needs_reason && { "needs-reason": "true" }),
});

const ofAsk = ({ key, name, name_en, role, function: unit, budget_amount, budget_unit }) => ({
  key, name, ...(name_en && { "name-en": name_en }), ...(role && { role }), ...(unit && { function: unit }),
  ...(budget_amount && { budget: `${budget_amount} ${budget_unit}` }),
});

const PASSINGS = { passes: "motcua:Passes", takes: "motcua:Takes", papers: "motcua:Papers" };

// In the order in which they were added, whatever their kind: a new row stands at the end.
const passingsOf = (step) =>
  (step.businessObject.extensionElements?.values ?? []).flatMap(({ $type, source, target }) => {
    const way = Object.keys(PASSINGS).find((each) => PASSINGS[each] === $type);
    return way ? [{ key: "", way, source: source ?? "", target: target ?? "" }] : [];
  });

const passing = (field) => ({ way: field("way"), source: field("source"), target: field("target") });

const ofPassing = ({ source, target }) => ({ source, target });

// words: the field that a row is called by; its key follows from it
const ROWS = {
  task: { type: "motcua:Outcome", name: "outcome", words: "label", of: outcomesOf, read: outcome, written: ofOutcome, empty: { label: "" } },
  automatic: { type: "motcua:Outcome", name: "outcome", words: "label", of: outcomesOf, read: outcome, written: ofOutcome, empty: { label: "" } },
  consultation: { type: "motcua:Ask", name: "ask", words: "name", of: asksOf, read: ask, written: ofAsk, empty: { name: "", role: "leader" } },
  call: { type: "motcua:Passes", typeOf: ({ way }) => PASSINGS[way], name: "passing", words: "source", of: passingsOf, read: passing, written: ofPassing, empty: { way: "passes", source: "", target: "" } },
};

export const rowsOf = (step) => ROWS[kindOf(step.businessObject)]?.of(step) ?? [];

// What a row is called in the form: "outcome.0.label".
export const rowName = (kind) => ROWS[kind]?.name;

// The rows as the form says them. Named once, a key stays: dossiers and transitions go by it.
export function rowsIn(data, kind) {
  const { name, words, read } = ROWS[kind];
  const places = [...data.keys()].map((field) => new RegExp(`^${name}\\.(\\d+)\\.${words}$`).exec(field)?.[1]).filter(Boolean);
  const taken = new Set();
  return places.map((place) => {
    const field = (part) => (data.get(`${name}.${place}.${part}`) ?? "").trim().replace(/\s*[\r\n]+\s*/g, " ");
    const typed = keyFrom(field("key"));
    const isMadeUp = new RegExp(`^${name}_\\d+$`).test(typed);
    const stem = typed && !isMadeUp ? typed : keyFrom(field(words)) || typed || `${name}_${Number(place) + 1}`;
    const key = free(stem, (other) => taken.has(other));
    taken.add(key);
    return { key, ...read(field) };
  });
}

export function withFresh(step) {
  const rows = rowsOf(step);
  const { name, empty } = ROWS[kindOf(step.businessObject)];
  return [...rows, { key: numbered(name, (key) => rows.some((other) => other.key === key)), ...empty }];
}

// Where the row just added is called something.
export function freshField(form, kind) {
  const { name, words } = ROWS[kind];
  const isWords = new RegExp(`^${name}\\.\\d+\\.${words}$`);
  return [...form.elements].filter((field) => isWords.test(field.name) && !field.value).at(-1);
}

export function extension(kind, rows, modeler) {
  const factory = modeler.get("bpmnFactory");
  if (!rows.length) return undefined;
  const { type, typeOf, written } = ROWS[kind];
  const values = rows.map((row) => factory.create(typeOf?.(row) ?? type, written(row)));
  const made = factory.create("bpmn:ExtensionElements", { values });
  for (const value of values) value.$parent = made;
  return made;
}
