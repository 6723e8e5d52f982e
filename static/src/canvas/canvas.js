// The page of the canvas: joins drawing, panel, findings and saving.
import { Cases } from "./cases.js";
import { Findings } from "./findings.js";
import { opened, show } from "./modeler.js";
import { Panel } from "./panel.js";
import { Saving } from "./saving.js";
import { fit } from "./view.js";

const at = (id) => document.getElementById(id);
const data = JSON.parse(at("canvas-data").dataset.canvas);
const { words } = data;

at("drawing").hidden = false;
const modeler = opened(at("canvas"), data);
const findings = new Findings(modeler, document.querySelector(".drawing-columns"), words);
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
  panel.apply();
  return (await modeler.saveXML({ format: true })).xml;
}

const saving = new Saving(data, { state, saved, refused, drawing });

async function keepCopy() {
  const file = new Blob([await drawing()], { type: "application/xml" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${data.process}.bpmn` });
  link.click();
  URL.revokeObjectURL(link.href);
}

const stack = () => modeler.get("commandStack");
const zoom = (step) => modeler.get("zoomScroll").stepZoom(step);
const ACTS = {
  undo: () => stack().undo(),
  redo: () => stack().redo(),
  "zoom-in": () => zoom(1),
  "zoom-out": () => zoom(-1),
  fit: () => fit(modeler, true),
  copy: keepCopy,
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

function stackChanged() {
  document.querySelector("[data-act=undo]").disabled = !stack().canUndo();
  document.querySelector("[data-act=redo]").disabled = !stack().canRedo();
}

try {
  const left = data.may_write ? saving.leftBehind() : null;
  await show(modeler, left ?? data.drawing);
  panel = new Panel(modeler, at("step-panel"), at("chosen"), data);
  findings.mark();
  new Cases(modeler, document.querySelector(".drawing-columns"));
  // A finding on another page leads here, to its step.
  if (location.hash.startsWith("#step-")) panel.choose(location.hash.slice("#step-".length));
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
