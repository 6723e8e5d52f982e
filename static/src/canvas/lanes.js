// Lanes lie behind the drawing: whose work the steps in them are. They are what the steps say, never stored; a task
// that is moved into another lane becomes the work of that lane's role.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { banded, kept } from "./bands.js";
import { isStep, isTransition, kindOf } from "./kinds.js";

const SVG = "http://www.w3.org/2000/svg";
export const HEADER = 168;
const OUTSIDE = "is-outside-lane";
const ASIDE = "lanes-shown";

// lanes: { kinds, by_rule, open, roles, areas, titles } as the server says them
export class Lanes extends CommandInterceptor {
  constructor(eventBus, canvas, elementRegistry, modeling, textRenderer, lanes) {
    super(eventBus);
    Object.assign(this, { canvas, registry: elementRegistry, modeling, texts: textRenderer, said: lanes, eventBus });
    Object.assign(this, { isShown: localStorage.getItem(ASIDE) === "yes", bands: [] });
    if (modeling) this.postExecuted("elements.move", ({ context }) => this.moved(context.shapes));
    eventBus.on(["import.done", "elements.changed", "shape.removed", "shape.added"], () => this.soon());
    eventBus.on("canvas.viewbox.changed", () => this.follow());
  }

  show(isShown) {
    this.isShown = isShown;
    localStorage.setItem(ASIDE, isShown ? "yes" : "no");
    this.draw();
  }

  // The lane that a step names by what it is: "case_officer.solving"; null: nobody's work.
  of(object) {
    const kind = kindOf(object);
    if (kind !== "task") return this.said.kinds[kind] ?? null;
    if (object.get("motcua:assign")) return this.said.by_rule;
    const role = object.get("motcua:role");
    return role ? `${role}.${object.get("motcua:area") || "solving"}` : this.said.open;
  }

  titleOf(lane) {
    const [role, area] = lane.split(".");
    return this.said.titles[lane] ?? [this.said.roles[role] ?? role, this.said.areas[area]].filter(Boolean).join(", ");
  }

  // Several changes in one go draw once.
  soon() {
    this.drawing ??= requestAnimationFrame(() => this.draw());
  }

  // After the whole was arranged, borders are found anew.
  settle() {
    this.bands = [];
    this.draw();
  }

  draw() {
    cancelAnimationFrame(this.drawing);
    this.drawing = null;
    const steps = this.registry.filter(isStep);
    const laneOf = (step) => this.of(step.businessObject);
    const { bands, outside } = kept(this.bands, steps, laneOf, banded(steps, this.registry.filter(isTransition), laneOf));
    this.bands = bands;
    const layer = this.canvas.getLayer("lanes", -1);
    layer.replaceChildren(...(this.isShown && bands.length ? this.drawn() : []));
    const isOutside = new Set(this.isShown ? outside : []);
    for (const step of steps) {
      if (this.canvas.hasMarker(step, OUTSIDE) !== isOutside.has(step)) this.canvas.toggleMarker(step, OUTSIDE);
    }
    this.follow();
    this.eventBus.fire("lanes.drawn", { outside: isOutside.size });
  }

  // With their colours, so that they are in a file as well.
  drawn() {
    return this.bands.map(({ lane, x, y, width, height }, index) => {
      const group = made("g", { class: "lane" });
      group.append(made("rect", { x: x - HEADER, y, width: width + HEADER, height, fill: index % 2 ? "#ffffff" : "#f3f6f9", stroke: "#c3ccd5" }));
      const header = made("g", { class: "lane-header" });
      header.append(made("rect", { width: HEADER, height, fill: index % 2 ? "#f6f5f2" : "#e6edf4", stroke: "#c3ccd5" }));
      header.append(this.texts.createText(this.titleOf(lane), { box: { width: HEADER, height }, align: "left-middle", padding: 8, style: { fontWeight: 600, fontSize: 12 } }));
      group.append(header);
      return group;
    });
  }

  // What they take up; null while they are hidden.
  get box() {
    if (!this.isShown || !this.bands.length) return null;
    const [{ x, y, width }, last] = [this.bands[0], this.bands.at(-1)];
    return { x: x - HEADER, y, width: width + HEADER, height: last.y + last.height - y };
  }

  // The names of the lanes stay in sight.
  follow() {
    const { x } = this.canvas.viewbox();
    this.canvas.getLayer("lanes", -1).querySelectorAll(".lane-header").forEach((header, index) => {
      const band = this.bands[index];
      const least = band.x - HEADER;
      header.setAttribute("transform", `translate(${Math.min(Math.max(x, least), band.x + band.width - HEADER)} ${band.y})`);
    });
  }

  // Where bands end is what was seen when the hand let go.
  moved(shapes) {
    if (!this.isShown) return;
    for (const step of shapes) {
      if (!isStep(step) || kindOf(step.businessObject) !== "task") continue;
      const middle = step.y + step.height / 2;
      const band = this.bands.find(({ y, height }) => y <= middle && middle < y + height);
      if (band && band.lane !== this.of(step.businessObject)) this.hand(step, band.lane);
    }
  }

  // Only the work of officials can change hands by moving it.
  hand(step, lane) {
    const [role, area] = lane === this.said.open ? [] : lane.split(".");
    if (lane !== this.said.open && !area) return;
    this.modeling.updateProperties(step, {
      "motcua:role": role, "motcua:area": area && area !== "solving" ? area : undefined, "motcua:assign": undefined,
    });
  }
}
Lanes.$inject = ["eventBus", "canvas", "elementRegistry", "modeling", "textRenderer", "config.lanes"];

// Who only reads moves nothing.
export class ShownLanes extends Lanes {
  constructor(eventBus, canvas, elementRegistry, textRenderer, lanes) {
    super(eventBus, canvas, elementRegistry, null, textRenderer, lanes);
  }
}
ShownLanes.$inject = ["eventBus", "canvas", "elementRegistry", "textRenderer", "config.lanes"];

function made(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  return node;
}
