// Steps as shapes, called as the reader calls them. A task has no sign for its kind: every task is somebody's work. What
// waits says in its lower corner, clear of the words, for what: BPMN has one shape for the three.
import BpmnRenderer from "bpmn-js/lib/draw/BpmnRenderer";
import { KINDS, kindOf, nameOf } from "./kinds.js";

const SIGN = 20;

export class StepRenderer extends BpmnRenderer {
  constructor(words, ...services) {
    super(...services);
    this.words = words;
    this.handlers["bpmn:UserTask"] = this.handlers["bpmn:Task"];
    this.handlers["bpmn:ReceiveTask"] = this.handlers["bpmn:Task"];
  }

  // What is drawn is the name of the object; what is saved stays as it was.
  drawShape(parent, element, ...more) {
    const object = element.businessObject;
    const { name } = object;
    object.name = nameOf(object, this.words);
    try {
      const drawn = super.drawShape(parent, element, ...more);
      if (element.type === "bpmn:ReceiveTask") sign(parent, element);
      return drawn;
    } finally {
      object.name = name;
    }
  }
}

function sign(parent, { width, height, businessObject }) {
  const at = document.createElementNS(parent.namespaceURI, "g");
  at.setAttribute("transform", `translate(${width - SIGN - 2} ${height - SIGN - 1}) scale(${SIGN / 24})`);
  at.innerHTML = KINDS[kindOf(businessObject)].icon;
  parent.append(at);
}

StepRenderer.$inject = ["config.words", ...BpmnRenderer.$inject];
