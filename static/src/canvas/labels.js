// Where words stand when the drawing is opened: beside their shape or line, clear of shapes, lines and other words.
// Their place is not part of a procedure, so it is found anew each time.
import { isLabelExternal } from "bpmn-js/lib/util/LabelUtil";
import { nameOf } from "./kinds.js";

const WIDTH = 90;
const GAP = 4;
// So much wider than measured: at their exact width words may be wrapped once more.
const EASE = 6;
// What words may rather cover: a line, before a shape or other words.
const ON_LINE = 40;
const ON_THING = 400;
const ALONG = [0.5, 0.3, 0.7, 0.15, 0.85];
// Above a short line words clear the shapes at its ends: half a branch or an ending, half a task.
const CLEAR = [28, 44];

// How large the words of an element are, as its reader calls it.
export const measuring = (texts, words) => (element, width) => texts.getExternalLabelBounds({ x: 0, y: 0, width }, nameOf(element, words));

// Words without a place get one. measured(element, width): how wide and high they are, wrapped to that width
export function placeLabels(definitions, moddle, measured) {
  for (const [element, { x, y, width, height }] of placesOfLabels(definitions, measured, ({ label }) => !label)) {
    element.label = moddle.create("bpmndi:BPMNLabel", { bounds: moddle.create("dc:Bounds", { x, y, width, height }) });
  }
}

// Where the words of the wanted shapes and lines stand best: pairs of what they belong to and their box.
export function placesOfLabels(definitions, measured, isWanted = () => true) {
  const drawn = definitions.diagrams.flatMap(({ plane }) => plane.planeElement ?? []);
  const shapes = drawn.filter(({ $type }) => $type === "bpmndi:BPMNShape");
  const edges = drawn.filter(({ $type, waypoint }) => $type === "bpmndi:BPMNEdge" && waypoint?.length > 1);
  const scene = { things: shapes.map(({ bounds }) => bounds), lines: edges.flatMap(({ waypoint }) => stretches(waypoint).map(lineBox)) };
  const put = (element, candidates) => {
    const best = candidates.map((box, rank) => ({ box, cost: cost(box, scene) + rank })).reduce((one, other) => (other.cost < one.cost ? other : one));
    scene.things.push(best.box);
    return [element, best.box];
  };
  const sizeOf = (element) => { const { width, height } = measured(element, WIDTH); return { width: width + EASE, height }; };
  const named = (each) => each.bpmnElement?.name && isWanted(each);
  return [
    ...shapes.filter(named).filter(({ bpmnElement }) => isLabelExternal(bpmnElement)).map((shape) => put(shape, around(shape.bounds, sizeOf(shape.bpmnElement)))),
    ...edges.filter(named).map((edge) => put(edge, along(edge, edges, sizeOf(edge.bpmnElement)))),
  ];
}

// Below, above, then beside the lower or upper corners.
function around(shape, { width, height }) {
  const [middle, below, above] = [shape.x + shape.width / 2, shape.y + shape.height + GAP, shape.y - height - GAP];
  const [right, left] = [middle + GAP, middle - width - GAP];
  const places = [[middle - width / 2, below], [middle - width / 2, above], [right, below], [left, below], [right, above], [left, above]];
  return places.map(([x, y]) => ({ x: Math.round(x), y: Math.round(y), width, height }));
}

// On both sides of each stretch of the line, in its middle first; where several leave together, behind that stretch.
function along(edge, edges, size) {
  const all = stretches(edge.waypoint);
  const [first] = all;
  const isShared = edges.some((other) => other !== edge && sameWay(first, stretches(other.waypoint)[0]));
  const own = isShared && all.length > 1 ? all.slice(1) : all;
  const longestFirst = own.toSorted((one, other) => length(other) - length(one));
  const close = longestFirst.flatMap((stretch) => ALONG.flatMap((part) => beside(stretch, part, size)));
  return [...close, ...longestFirst.filter((stretch) => !isUpright(stretch)).flatMap((stretch) => CLEAR.map((clear) => above(stretch, clear, size)))];
}

function above([one, other], clear, { width, height }) {
  return { x: Math.round((one.x + other.x - width) / 2), y: Math.round(Math.min(one.y, other.y) - clear - height), width, height };
}

function beside([one, other], part, { width, height }) {
  const [x, y] = [one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part];
  const places = isUpright([one, other])
    ? [[x + GAP, y - height / 2], [x - width - GAP, y - height / 2]]
    : [[x - width / 2, y - height - GAP / 2], [x - width / 2, y + GAP]];
  return places.map(([left, top]) => ({ x: Math.round(left), y: Math.round(top), width, height }));
}

function cost(box, { things, lines }) {
  return ON_THING * things.filter((other) => overlap(box, other)).length + ON_LINE * lines.filter((line) => overlap(box, line)).length;
}

const stretches = (points) => points.slice(1).map((point, index) => [points[index], point]);
const isUpright = ([one, other]) => Math.abs(one.x - other.x) < Math.abs(one.y - other.y);
const length = ([one, other]) => Math.hypot(one.x - other.x, one.y - other.y);
const direction = ([one, other]) => Math.atan2(other.y - one.y, other.x - one.x).toFixed(2);
const sameWay = (one, other) => one[0].x === other[0].x && one[0].y === other[0].y && direction(one) === direction(other);
const lineBox = ([one, other]) => ({ x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) });
const overlap = (one, other) => one.x < other.x + other.width + 1 && other.x < one.x + one.width + 1 && one.y < other.y + other.height + 1 && other.y < one.y + one.height + 1;
