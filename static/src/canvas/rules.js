// What may be drawn: any transition between two steps, except into a start, out of an end, or to oneself; and one out of an event.
import BpmnRules from "bpmn-js/lib/features/rules/BpmnRules";
import { isEvent, isStep, kindOf } from "./kinds.js";

const HIGH_PRIORITY = 2000;
const kind = (element) => kindOf(element.businessObject);

export class StepRules extends BpmnRules {
  init() {
    super.init();
    const judge = ({ source, target, connection }) => this.canConnect(source, target, connection);
    this.addRule(["connection.create", "connection.reconnect"], HIGH_PRIORITY, judge);
    this.addRule("connection.start", HIGH_PRIORITY, ({ source }) => (isEvent(source) && !source.outgoing.length) || (isStep(source) && kind(source) !== "end"));
  }

  canConnect(source, target, connection) {
    if (!source || !target || source.labelTarget || target.labelTarget) return null;
    if (isEvent(source)) {
      const isOnlyWay = source.outgoing.every((way) => way === connection);
      return isOnlyWay && isStep(target) && kind(target) !== "start" ? { type: "bpmn:SequenceFlow" } : false;
    }
    if (!isStep(source) || !isStep(target) || source === target) return false;
    if (kind(source) === "end" || kind(target) === "start") return false;
    const twice = source.outgoing?.some((way) => way !== connection && way.target === target);
    return twice && kind(source) !== "branch" ? false : { type: "bpmn:SequenceFlow" };
  }
}
StepRules.$inject = ["eventBus"];
