// The page of the canvas: joins drawing, panel, findings and saving.
// The page of a published version has the drawing alone.
import { Acting, ALIGNMENTS, DISTRIBUTIONS } from "./acting.js";
import { Cases } from "./cases.js";
import { Connecting } from "./connecting.js";
import { showCounts } from "./counts.js";
import { Findings } from "./findings.js";
import { opened, show } from "./modeler.js";
import { Panel } from "./panel.js";
import { Saving } from "./saving.js";
import { Toolbar } from "./toolbar.js";

const at = (id) => document.getElementById(id);
const told = JSON.parse(at("canvas-data").dataset.canvas);
const data = { ...told, ...told.addresses };
const { words } = data;

at("drawing").hidden = false;
const modeler = opened(at("canvas"), data);
const findings = data.panel && new Findings(modeler, document.querySelector(".drawing-columns"), words);
const toolbar = new Toolbar(modeler, data);
const acting = data.may_write && new Acting(modeler, at("drawing-align"));
if (data.may_write) new Connecting(modeler, at("connecting"), words);
let panel;

function state(name) {
  const clock = new Date().toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
  at("save-state").textContent = name === "saved" ? `${words.saved_at} ${clock}` : words[name];
  at("save-state").dataset.state = name;
}

function saved(fragment) {
  findings.replace(fragment);
  return Number(at("findings").dataset.revision);
}

function refused(fragment) {
  at("conflict").outerHTML = fragment;
  at("conflict").querySelector("button").focus();
}

async function drawing() {
  panel?.apply();
  return (await modeler.saveXML({ format: true })).xml;
}

const saving = data.save && new Saving(data, { state, saved, refused, drawing });

async function keepCopy() {
  const file = new Blob([await drawing()], { type: "application/xml" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${data.process}.bpmn` });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function arrange() {
  const body = new URLSearchParams({ content: await drawing(), lanes: modeler.get("lanes").isShown ? "yes" : "" });
  const answer = await fetch(data.layout, { method: "POST", headers: { "X-CSRFToken": data.token }, body }).catch(() => null);
  if (!answer?.ok) return toolbar.say(words.arranged_not);
  modeler.get("arranging").arrange(await answer.json());
  modeler.get("lanes").settle();
  ACTS.fit();
  return toolbar.say(words.arranged);
}

const counted = (count, some, none) => toolbar.say(count ? some : none, { count });
const stack = () => modeler.get("commandStack");
const ACTS = {
  ...toolbar.acts,
  undo: () => stack().undo(),
  redo: () => stack().redo(),
  arrange,
  copy: keepCopy,
  "copy-steps": () => counted(acting.copy(), words.copied, words.copied_none),
  "paste-steps": () => counted(acting.paste(), words.pasted, words.pasted_none),
  ...Object.fromEntries(ALIGNMENTS.map((how) => [`align-${how}`, () => acting.align(how)])),
  ...Object.fromEntries(DISTRIBUTIONS.map((how) => [`distribute-${how}`, () => acting.distribute(how)])),
  mine: () => { const { revision } = at("conflict").dataset; at("conflict").replaceChildren(); at("conflict").className = ""; saving.keepMine(Number(revision)); },
  theirs: async () => { if (await saving.setAside()) location.reload(); },
};

document.addEventListener("click", (event) => ACTS[event.target.closest("[data-act]")?.dataset.act]?.());

// Entries of palette and pad are no buttons, because only other elements can be dragged everywhere.
at("canvas").addEventListener("keydown", (event) => {
  if (!event.target.matches(".entry") || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  event.target.click();
  at("canvas").querySelector("svg").focus();
});

// With Shift, in the drawing; what the canvas itself knows (undo, delete, arrows) it does itself.
const KEYS = {
  L: "align-left", C: "align-center", R: "align-right", T: "align-top", M: "align-middle", B: "align-bottom",
  H: "distribute-horizontal", V: "distribute-vertical", S: "arrange", N: "lanes", K: "minimap", P: "panel", X: "files", G: "connect",
};
const BESIDE = {
  panel: () => at("step-panel").querySelector("input:not([type=hidden]), select, textarea, button:not([aria-hidden])") ?? at("chosen"),
  files: () => at("drawing-files").querySelector("summary"),
  connect: () => at("connect-to"),
};

at("canvas").addEventListener("keydown", (event) => {
  if (!event.target.matches("svg") || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  const name = KEYS[event.key.toUpperCase()];
  const button = document.querySelector(`[data-act=${name}]`);
  if (!BESIDE[name] && (!button || button.disabled)) return;
  event.preventDefault();
  if (BESIDE[name]) BESIDE[name]()?.focus();
  else ACTS[name]();
});

function stackChanged() {
  document.querySelector("[data-act=undo]").disabled = !stack().canUndo();
  document.querySelector("[data-act=redo]").disabled = !stack().canRedo();
}

try {
  const left = data.may_write ? saving.leftBehind() : null;
  await show(modeler, left ?? data.drawing);
  panel = data.panel && new Panel(modeler, at("step-panel"), at("chosen"), data);
  if (data.panel) findings.mark();
  showCounts(modeler, data.counts, words);
  if (data.panel) new Cases(modeler, document.querySelector(".drawing-columns"));
  // A finding on another page leads here, to its step.
  if (location.hash.startsWith("#step-")) panel?.choose(location.hash.slice("#step-".length));
  const svg = at("canvas").querySelector(".djs-container > svg");
  svg.setAttribute("aria-label", words.canvas);
  svg.setAttribute("role", "application");
  // Keys go where the hand is: after a field of the panel, too.
  modeler.on("element.mousedown", () => svg.focus({ preventScroll: true }));
  if (data.may_write) modeler.on("commandStack.changed", () => { stackChanged(); saving.changed(); });
  if (left) saving.changed();
} catch (broken) {
  console.error(broken);
  at("canvas").textContent = words.unreadable;
}
