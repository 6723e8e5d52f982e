// What the toolbar and the keys do to several steps at once: align, distribute, copy, paste.
import { isStep } from "./kinds.js";
import { freePlace } from "./view.js";

export const ALIGNMENTS = ["left", "center", "right", "top", "middle", "bottom"];
export const DISTRIBUTIONS = ["horizontal", "vertical"];

export class Acting {
  constructor(modeler, place) {
    Object.assign(this, { modeler, place });
    modeler.on("selection.changed", () => this.offer());
    modeler.get("editorActions").unregister("paste");
    modeler.get("editorActions").register("paste", () => this.paste());
  }

  get chosen() {
    return this.modeler.get("selection").get().filter((each) => isStep(each));
  }

  offer() {
    const { length } = this.chosen;
    this.place.hidden = length < 2;
    for (const button of this.place.querySelectorAll("[data-act^=distribute]")) button.disabled = length < 3;
  }

  align(how) {
    this.modeler.get("alignElements").trigger(this.chosen, how);
  }

  distribute(how) {
    this.modeler.get("distributeElements").trigger(this.chosen, how);
  }

  copy() {
    const { length } = this.chosen;
    if (length) this.modeler.get("copyPaste").copy(this.modeler.get("selection").get());
    return length;
  }

  // In the middle of what is in sight, clear of what stands there: a hand or the arrow keys move it on.
  paste() {
    const clipboard = this.modeler.get("clipboard");
    if (clipboard.isEmpty()) return 0;
    const canvas = this.modeler.get("canvas");
    const tree = clipboard.get();
    const point = freePlace(canvas, this.modeler.get("elementRegistry"), sizeOf(tree));
    const pasted = this.modeler.get("copyPaste").paste({ element: canvas.getRootElement(), point, tree, hints: {} });
    const steps = (pasted ?? []).filter((each) => isStep(each));
    if (steps.length) canvas.scrollToElement(steps[0], 80);
    this.modeler.get("selection").select(steps);
    return steps.length;
  }
}

function sizeOf(tree) {
  const shapes = Object.values(tree).flat().filter(({ x, width }) => x !== undefined && width);
  const span = (at, size) => Math.max(...shapes.map((each) => each[at] + each[size])) - Math.min(...shapes.map((each) => each[at]));
  return { width: span("x", "width"), height: span("y", "height") };
}
