// Steps as shapes. A task has no sign for its kind: every task is somebody's work, and the sign would lie over the words.
import BpmnRenderer from "bpmn-js/lib/draw/BpmnRenderer";

export class StepRenderer extends BpmnRenderer {
  constructor(...services) {
    super(...services);
    this.handlers["bpmn:UserTask"] = this.handlers["bpmn:Task"];
  }
}
StepRenderer.$inject = BpmnRenderer.$inject;
