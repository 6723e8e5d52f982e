// Steps that were copied, in the browser's own keeping: what is copied in one draft can be pasted in another.
const PLACE = "steps-copied";

export class StepClipboard {
  constructor(moddle) {
    this.moddle = moddle;
  }

  set(tree) {
    localStorage.setItem(PLACE, JSON.stringify(tree, said));
  }

  get() {
    return revived(JSON.parse(localStorage.getItem(PLACE)), this.moddle);
  }

  clear() {
    const tree = this.get();
    localStorage.removeItem(PLACE);
    return tree;
  }

  isEmpty() {
    return localStorage.getItem(PLACE) === null;
  }
}
StepClipboard.$inject = ["moddle"];

// What leads back to the whole is joined anew by pasting, and keys are made anew from names.
function said(name, value) {
  return ["bpmnElement", "$parent"].includes(name) || (name === "id" && this.$type) ? undefined : value;
}

// Plain values, with elements of the drawing made again of what says its type.
function revived(value, moddle) {
  if (Array.isArray(value)) return value.map((each) => revived(each, moddle));
  if (value === null || typeof value !== "object") return value;
  const { $type, ...said } = value;
  const parts = Object.fromEntries(Object.entries(said).map(([name, each]) => [name, revived(each, moddle)]));
  if (!$type) return parts;
  const made = moddle.create($type, parts);
  for (const part of Object.values(parts).flat()) if (part?.$type) part.$parent = made;
  return made;
}
