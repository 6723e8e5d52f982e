// Steps as shapes, called as the reader calls them. A task has no sign for its kind: every task is somebody's work, and
// the sign would lie over the words.
import BpmnRenderer from "bpmn-js/lib/draw/BpmnRenderer";
import { nameOf } from "./kinds.js";

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
      return super.drawShape(parent, element, ...more);
    } finally {
      object.name = name;
    }
  }
}
StepRenderer.$inject = ["config.words", ...BpmnRenderer.$inject];
