// The whole drawing in small, with what is in sight as a frame to drag; arrow keys move it, plus and minus zoom.
import { isStep, isTransition } from "./kinds.js";

const SVG = "http://www.w3.org/2000/svg";
const ROOM = 60;
const SHOWN = "minimap-shown";
// A part of what is in sight for each press of an arrow key.
const STRIDE = 0.2;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Minimap {
  constructor(modeler, place, toggle) {
    Object.assign(this, { canvas: modeler.get("canvas"), registry: modeler.get("elementRegistry"), zoom: (step) => modeler.get("zoomScroll").stepZoom(step), place, toggle });
    this.svg = place.appendChild(made("svg"));
    this.things = this.svg.appendChild(made("g"));
    this.frame = this.svg.appendChild(made("rect", { class: "minimap-frame" }));
    const bus = modeler.get("eventBus");
    bus.on(["import.done", "elements.changed", "shape.added", "shape.removed", "connection.removed"], () => this.soon());
    bus.on("canvas.viewbox.changed", () => this.follow());
    this.svg.addEventListener("pointerdown", (event) => { this.svg.setPointerCapture(event.pointerId); this.centreOn(event); });
    this.svg.addEventListener("pointermove", (event) => this.svg.hasPointerCapture(event.pointerId) && this.centreOn(event));
    place.addEventListener("keydown", (event) => this.key(event));
    this.show(localStorage.getItem(SHOWN) === "yes");
  }

  show(isShown) {
    this.place.hidden = !isShown;
    this.toggle.setAttribute("aria-pressed", isShown);
    localStorage.setItem(SHOWN, isShown ? "yes" : "no");
    this.draw();
  }

  soon() {
    this.drawing ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.drawing);
    this.drawing = null;
    if (this.place.hidden) return;
    const ways = this.registry.filter(isTransition).map(({ waypoints }) => made("polyline", { points: waypoints.map(({ x, y }) => `${x},${y}`).join(" ") }));
    const steps = this.registry.filter(isStep).map(({ x, y, width, height }) => made("rect", { x, y, width, height, rx: 12 }));
    this.things.replaceChildren(...ways, ...steps);
    this.follow();
  }

  // The whole, and what is in sight though nothing is drawn there.
  follow() {
    if (this.place.hidden) return;
    const { x, y, width, height, inner } = this.canvas.viewbox();
    const [left, top] = [Math.min(inner.x, x) - ROOM, Math.min(inner.y, y) - ROOM];
    const [right, bottom] = [Math.max(inner.x + inner.width, x + width) + ROOM, Math.max(inner.y + inner.height, y + height) + ROOM];
    this.svg.setAttribute("viewBox", `${left} ${top} ${right - left} ${bottom - top}`);
    for (const [name, value] of Object.entries({ x, y, width, height })) this.frame.setAttribute(name, value);
  }

  centreOn({ clientX, clientY }) {
    const point = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    const { width, height } = this.canvas.viewbox();
    this.canvas.viewbox({ x: point.x - width / 2, y: point.y - height / 2, width, height });
  }

  key(event) {
    if (event.key === "+" || event.key === "-") return this.zoom(event.key === "+" ? 1 : -1);
    if (!ARROWS[event.key]) return undefined;
    event.preventDefault();
    const [right, down] = ARROWS[event.key];
    const { x, y, width, height } = this.canvas.viewbox();
    return this.canvas.viewbox({ x: x + right * width * STRIDE, y: y + down * height * STRIDE, width, height });
  }
}

function made(name, attributes = {}) {
  const node = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  return node;
}
