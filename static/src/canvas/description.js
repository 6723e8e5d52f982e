// What the drawing says of one step or transition, as the server's panel shows it; and what the panel says, back.
import { boundaryOf, calledBy, isEvent, isTransition, kindOf, stepOf } from "./kinds.js";
import { outcomesOf, rowsOf } from "./rows.js";

const LIMITED = ["task", "supplement", "consultation", "payment", "message", "moment", "call"];
// Kinds whose ways out have values, and a default.
export const CHOOSING = ["branch", "inclusive"];
const LISTS = { automatic: ["shows", "fills"], call: ["fills"], payment: ["collects"], task: ["shows", "fills", "corrects", "collects", "prints", "must_print"], consultation: ["shows"] };
// What every step says at which somebody works or is awaited.
const NOTICES = ["entered", "overdue"].flatMap((when) => ["applicant", "leaders", "unit"].flatMap((to) => [`${when}_${to}`, `${when}_${to}_en`]));
const GUIDANCE = ["basis", "responsible", "responsible_en", "instructions", "instructions_en", ...NOTICES];
const list = (text) => (text ?? "").split(" ").filter(Boolean);
const said = (object, name) => object.get(`motcua:${name}`) ?? "";
const named = (step, words) => calledBy(step.businessObject, words);

// A branch may go by the outcomes before it: those of a task, what the units asked may say, how a linked dossier ended.
const before = (branch, { opinions, endings }) => {
  const ofKind = { consultation: opinions, call: endings };
  return branch.incoming.map((way) => way.source).filter((source) => !isEvent(source)).flatMap((source) => ofKind[kindOf(source.businessObject)] ?? outcomesOf(source));
};

const waysOf = (branch, words) => branch.outgoing.filter(isTransition).map((way) => ({
  key: way.businessObject.id, to: named(way.target, words), when: said(way.businessObject, "when"),
}));

export function described(element, words) {
  return isTransition(element) ? transition(element, words) : step(element, words);
}

function transition(way, words) {
  const from = stepOf(way.source).businessObject;
  const fromKind = kindOf(from);
  return {
    kind: "transition", key: way.businessObject.id, from: named(stepOf(way.source), words), to: named(way.target, words),
    from_kind: fromKind, on: isEvent(way.source) ? boundaryOf(way.source) : "", when: said(way.businessObject, "when"), is_default: from.default === way.businessObject,
    ...(fromKind === "branch" && { choice: said(from, "choice"), before: before(way.source, words) }),
  };
}

function step(element, words) {
  const object = element.businessObject;
  const kind = kindOf(object);
  const [amount, unit] = said(object, "budget").split(" ");
  return {
    kind, key: object.id, name: object.name ?? "", name_en: said(object, "name-en"),
    ...(kind === "task" && {
      role: said(object, "role"), assign: said(object, "assign"), area: said(object, "area"), outcomes: rowsOf(element),
      ...Object.fromEntries(LISTS.task.map((name) => [name, list(said(object, name.replace("_", "-")))])),
    }),
    ...(kind === "consultation" && { asks: rowsOf(element), silence: said(object, "silence"), shows: list(said(object, "shows")) }),
    ...(kind === "automatic" && {
      connector: said(object, "connector"), attempts: said(object, "attempts") || "3", outcomes: rowsOf(element),
      shows: list(said(object, "shows")), fills: list(said(object, "fills")),
    }),
    ...(kind === "call" && {
      procedure: object.calledElement ?? "", case_type: said(object, "case-type"), function: said(object, "function"),
      returns: said(object, "returns"), fills: list(said(object, "fills")), passings: rowsOf(element),
    }),
    ...(kind === "payment" && { collects: list(said(object, "collects")) }),
    ...(kind === "message" && { message: said(object, "message") }),
    ...(kind === "moment" && { moment: said(object, "moment") }),
    ...([...LIMITED, "automatic"].includes(kind) && Object.fromEntries(GUIDANCE.map((name) => [name, said(object, name.replaceAll("_", "-"))]))),
    ...(LIMITED.includes(kind) && { budget_amount: amount, budget_unit: unit }),
    ...(kind === "branch" && { choice: said(object, "choice"), before: before(element, words) }),
    ...(CHOOSING.includes(kind) && { default: object.default?.id ?? "", ways: waysOf(element, words) }),
    ...(kind === "end" && { ending: said(object, "ending") }),
  };
}

// The properties that the form of the panel asks for; what it has no field for stays as it is.
export function propertiesIn(data, kind) {
  const properties = {};
  const typed = (field) => data.get(field).replace(/\r\n?/g, "\n").trim() || undefined;
  const one = (field, name) => { if (data.has(field)) properties[name] = typed(field)?.replace(/\s*\n\s*/g, " "); };
  one("name", "name");
  one("procedure", "calledElement");
  for (const field of ["name_en", "role", "choice", "ending", "message", "moment", "connector", "attempts", "assign", "case_type", "function", "basis", "responsible", "responsible_en"]) one(field, `motcua:${field.replace("_", "-")}`);
  for (const field of ["instructions", "instructions_en", ...NOTICES]) if (data.has(field)) properties[`motcua:${field.replaceAll("_", "-")}`] = typed(field);
  if (data.has("returns")) properties["motcua:returns"] = data.get("returns") === "caller" ? undefined : data.get("returns");
  if (data.has("area")) properties["motcua:area"] = data.get("area") === "solving" ? undefined : data.get("area");
  if (data.has("budget_amount")) {
    const amount = data.get("budget_amount").trim();
    properties["motcua:budget"] = amount ? `${amount.replace(/\s+/g, "")} ${data.get("budget_unit")}` : undefined;
  }
  if (kind === "consultation") properties["motcua:silence"] = data.get("silence") || undefined;
  for (const name of LISTS[kind] ?? []) {
    properties[`motcua:${name.replace("_", "-")}`] = data.getAll(name).join(" ") || undefined;
  }
  return properties;
}
