// "Arrange": the server's places for all steps and transitions, taken as one command; and words find new places.
import { boundaryOf, isEvent, isTransition } from "./kinds.js";
import { measuring, placesOfLabels } from "./labels.js";

export class Arranging {
  constructor(commandStack) {
    this.commandStack = commandStack;
    commandStack.registerHandler("steps.arrange", Arrange);
  }

  // drawing: { shapes: key → [x, y, width, height], edges: key → [[x, y], …] }
  arrange(drawing) {
    this.commandStack.execute("steps.arrange", { drawing });
  }
}
Arranging.$inject = ["commandStack"];

const LEAVE = { layout: false, autoResize: false };

class Arrange {
  constructor(modeling, elementRegistry, words, textRenderer, bpmnjs) {
    Object.assign(this, { modeling, registry: elementRegistry, words, texts: textRenderer, modeler: bpmnjs });
  }

  preExecute({ drawing }) {
    const events = this.registry.filter(isEvent);
    for (const [key, [x, y]] of Object.entries(drawing.shapes)) {
      const shape = this.registry.get(key) ?? events.find((event) => `${event.host.id}.${boundaryOf(event)}` === key);
      if (shape) this.move(shape, x, y);
    }
    for (const [key, points] of Object.entries(drawing.edges)) {
      const way = this.registry.get(key);
      if (isTransition(way)) this.modeling.updateWaypoints(way, points.map(([x, y]) => ({ x, y })));
    }
    const measured = measuring(this.texts, this.words);
    for (const [{ bpmnElement }, { x, y, width }] of placesOfLabels(this.modeler.getDefinitions(), measured)) {
      const { label } = this.registry.get(bpmnElement.id) ?? {};
      if (label) this.move(label, Math.round(x + (width - label.width) / 2), y);
    }
  }

  move(shape, x, y) {
    const delta = { x: x - shape.x, y: y - shape.y };
    if (delta.x || delta.y) this.modeling.moveShape(shape, delta, shape.parent, undefined, LEAVE);
  }

  execute() {
    return [];
  }
}
Arrange.$inject = ["modeling", "elementRegistry", "config.words", "textRenderer", "bpmnjs"];
