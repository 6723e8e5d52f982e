// Where the hand of somebody drawing would otherwise be misunderstood.
import { isTransition } from "./kinds.js";

const FIRST = 3000;
// bpmn-js switches these on by a letter; without their buttons nobody would know what has happened.
const TOOLS = ["spaceTool", "lassoTool", "handTool", "globalConnectTool"];
const DROPPING = ["create", "shape.move"].flatMap((act) => ["hover", "move", "end"].map((moment) => `${act}.${moment}`));

export class Hand {
  constructor(eventBus, dragging, elementRegistry) {
    Object.assign(this, { dragging, elementRegistry });
    eventBus.on("create.move", FIRST, (event) => this.outOfThePalette(event));
    eventBus.on(DROPPING, FIRST, (event) => this.throughWords(event));
    eventBus.on("editorActions.init", ({ editorActions }) => this.putAway(editorActions));
  }

  // A fast hand is over the drawing before the browser says that it drags: nobody then says what it is over.
  outOfThePalette({ hover, originalEvent }) {
    if (hover || !(originalEvent instanceof MouseEvent)) return;
    const gfx = document.elementFromPoint(originalEvent.clientX, originalEvent.clientY)?.closest("svg, .djs-element");
    const element = gfx && this.elementRegistry.get(gfx);
    if (element) this.dragging.hover({ element, gfx });
  }

  // The words beside a transition lie over its line: what is dropped on them is dropped on the transition.
  throughWords(event) {
    const way = event.hover?.labelTarget;
    if (isTransition(way) && !event.shape?.labelTarget) event.hover = way;
  }

  putAway(editorActions) {
    for (const tool of TOOLS) if (editorActions.isRegistered(tool)) editorActions.unregister(tool);
  }
}
Hand.$inject = ["eventBus", "dragging", "elementRegistry"];
