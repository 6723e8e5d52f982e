// Our kinds of step, and what each is in BPMN and on a button; those of every procedure first. Nothing else can be drawn.
const circle = (width) => `<circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="${width}"/>`;
const box = '<rect x="3" y="6" width="18" height="12" rx="2.5" fill="none" stroke="currentColor" stroke-width="1.8"/>';
const diamond = (inside) => `<path d="M12 2.5 21.5 12 12 21.5 2.5 12Z" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/><path d="${inside}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`;
const drawing = (inside) => `<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">${inside}</svg>`;

export const KINDS = {
  start: { type: "bpmn:StartEvent", icon: drawing(circle(1.6)) },
  task: { type: "bpmn:UserTask", icon: drawing(`${box}<circle cx="8" cy="10.5" r="1.5" fill="currentColor"/><path d="M5.5 15c0-3 5-3 5 0" fill="currentColor"/>`) },
  branch: { type: "bpmn:ExclusiveGateway", icon: drawing(diamond("M9.3 9.3l5.4 5.4M14.7 9.3l-5.4 5.4")) },
  split: { type: "bpmn:ParallelGateway", attributes: { gatewayDirection: "Diverging" }, icon: drawing(diamond("M12 8v8M8 12h8")) },
  join: { type: "bpmn:ParallelGateway", attributes: { gatewayDirection: "Converging" }, icon: drawing(diamond("M12 8v8M8 12h8")) },
  supplement: { type: "bpmn:ReceiveTask", icon: drawing(`${box}<path d="M6.5 9.5h7v5h-7zM6.5 9.5l3.5 3 3.5-3" fill="none" stroke="currentColor" stroke-width="1.2"/>`) },
  end: { type: "bpmn:EndEvent", icon: drawing(circle(3.4)) },
  consultation: { type: "bpmn:UserTask", parts: (factory) => ({ loopCharacteristics: factory.create("bpmn:MultiInstanceLoopCharacteristics", { isSequential: false }) }), icon: drawing(`${box}<path d="M6.5 9h6.5v4.2H9l-1.5 1.6v-1.6h-1zM15 10h2.5v4h-1v1.4l-1.4-1.4H13" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"/>`) },
  inclusive: { type: "bpmn:InclusiveGateway", attributes: { gatewayDirection: "Diverging" }, icon: drawing(`${diamond("")}<circle cx="12" cy="12" r="4" fill="none" stroke="currentColor" stroke-width="2"/>`) },
  payment: { type: "bpmn:ReceiveTask", attributes: { "motcua:awaits": "payment" }, icon: drawing(`${box}<circle cx="12" cy="12" r="3.2" fill="none" stroke="currentColor" stroke-width="1.2"/><path d="M12 10.4v3.2M6 9v6M18 9v6" stroke="currentColor" stroke-width="1.2"/>`) },
  message: { type: "bpmn:ReceiveTask", attributes: { "motcua:awaits": "message" }, icon: drawing(`${box}<path d="M6.5 9.5h7v5h-7zM6.5 9.5l3.5 3 3.5-3M15 12h3.5M17 10.5l1.5 1.5-1.5 1.5" fill="none" stroke="currentColor" stroke-width="1.2"/>`) },
  moment: { type: "bpmn:IntermediateCatchEvent", parts: (factory) => ({ eventDefinitions: [factory.create("bpmn:TimerEventDefinition")] }), icon: drawing(`${circle(1.4)}<path d="M12 7.5V12l3 2" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/>`) },
  automatic: { type: "bpmn:ServiceTask", icon: drawing(`${box}<circle cx="12" cy="12" r="2.2" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M12 7.8v1.6M12 14.6v1.6M7.8 12h1.6M14.6 12h1.6M9 9l1.2 1.2M13.8 13.8 15 15M15 9l-1.2 1.2M10.2 13.8 9 15" stroke="currentColor" stroke-width="1.2"/>`) },
  call: { type: "bpmn:CallActivity", icon: drawing(`<rect x="3" y="6" width="18" height="12" rx="2.5" fill="none" stroke="currentColor" stroke-width="3"/><path d="M8 12h6.5M12 9.5l2.5 2.5-2.5 2.5" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`) },
};

export const CONNECT = drawing('<path d="M4 18 17 5M10 5h7v7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>');
export const BIN = drawing('<path d="M5 7h14M9 7V4.5h6V7M7 7l1 12.5h8L17 7M10.5 10.5v6M13.5 10.5v6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>');

// What may interrupt a step: an event on its edge.
export const EVENTS = {
  overdue: { definition: "bpmn:TimerEventDefinition", icon: drawing(`${circle(1.2)}<circle cx="12" cy="12" r="6.2" fill="none" stroke="currentColor" stroke-width="1.2"/><path d="M12 8.5V12l2.4 1.6" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/>`) },
  withdrawn: { definition: "bpmn:MessageEventDefinition", icon: drawing(`${circle(1.2)}<circle cx="12" cy="12" r="6.2" fill="none" stroke="currentColor" stroke-width="1.2"/><path d="M14.5 10.2h-4.2a2 2 0 0 0 0 4h1.2M11.8 8.6l-1.7 1.6 1.7 1.6" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>`) },
  failure: { definition: "bpmn:ErrorEventDefinition", icon: drawing(`${circle(1.2)}<circle cx="12" cy="12" r="6.2" fill="none" stroke="currentColor" stroke-width="1.2"/><path d="M8.6 15l2-5.4 2.6 3.2 2.2-4.2" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`) },
};
const INTERRUPTED = ["task", "supplement", "consultation", "payment", "message"];
const eventsOf = (kind) => {
  if (kind === "automatic") return ["withdrawn", "failure"];
  if (kind === "call") return ["overdue", "withdrawn", "failure"];
  return INTERRUPTED.includes(kind) ? ["overdue", "withdrawn"] : [];
};

export const isEvent = (element) => element?.type === "bpmn:BoundaryEvent";
export const boundaryOf = ({ businessObject }) =>
  Object.keys(EVENTS).find((on) => EVENTS[on].definition === businessObject.eventDefinitions?.[0]?.$type);
// The interruptions that the step could still have.
export const boundariesOf = (step) =>
  isStep(step)
    ? eventsOf(kindOf(step.businessObject)).filter((on) => !step.attachers?.some((event) => isEvent(event) && boundaryOf(event) === on))
    : [];
// The step that a way out belongs to: an event stands for its own.
export const stepOf = (element) => (isEvent(element) ? element.host : element);

// The kind of a BPMN element; undefined for what is no step of ours.
export function kindOf(object) {
  const { $type, gatewayDirection, loopCharacteristics } = object;
  if ($type === "bpmn:ReceiveTask") return object.get("motcua:awaits") || "supplement";
  if ($type === "bpmn:UserTask") return loopCharacteristics ? "consultation" : "task";
  if ($type === "bpmn:InclusiveGateway") return gatewayDirection === "Converging" ? "join" : "inclusive";
  if ($type === "bpmn:ParallelGateway") return gatewayDirection === "Converging" ? "join" : "split";
  return Object.keys(KINDS).find((kind) => KINDS[kind].type === $type);
}

// What a step is called in the reader's language, as far as somebody has named it so.
export const nameOf = (object, { language }) => (language === "en" && object.get("motcua:name-en")) || object.name;

// The same for a list: who has named nothing yet finds the step by its kind and its key.
export const calledBy = (object, words) => nameOf(object, words) || `${words.kinds[kindOf(object)]} (${words.unnamed}, ${object.id})`;

export const isStep = (element) => Boolean(element?.businessObject && element.type !== "label" && kindOf(element.businessObject));
export const isTransition = (element) => element?.type === "bpmn:SequenceFlow";
// A name beside a shape is drawn as an element of its own.
export const itself = (element) => element?.labelTarget ?? element;

export function newShape(kind, bpmnFactory, elementFactory) {
  const { type, attributes, parts } = KINDS[kind];
  const businessObject = bpmnFactory.create(type, { ...attributes, ...parts?.(bpmnFactory) });
  return elementFactory.createShape({ type, businessObject });
}
