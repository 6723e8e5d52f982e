// Where the words beside a transition stand when the drawing is opened: on its longest stretch, clear of others
// that leave the same branch. Their place is not part of a procedure, so it is found anew each time.
const WIDTH = 90;
const NARROWEST = 40;
const HEIGHT = 18;

export function placeLabels(definitions, moddle) {
  const edges = definitions.diagrams.flatMap(({ plane }) => plane.planeElement ?? []).filter(({ $type }) => $type === "bpmndi:BPMNEdge");
  for (const edge of edges) {
    if (!edge.bpmnElement?.name || edge.label || !(edge.waypoint?.length > 1)) continue;
    edge.label = moddle.create("bpmndi:BPMNLabel", { bounds: moddle.create("dc:Bounds", bounds(edge.waypoint)) });
  }
}

function bounds(points) {
  const [one, other] = longest(points);
  const size = { width: WIDTH, height: HEIGHT };
  if (Math.abs(one.x - other.x) < Math.abs(one.y - other.y)) {
    return { ...size, x: one.x + 4, y: Math.round((one.y + other.y) / 2) - HEIGHT / 2 };
  }
  const isBack = other.x < one.x;
  const near = points.length > 2 ? 0.3 : 0.5;
  // No wider than a short stretch: the words would lie over the steps at its ends, and catch the hand there.
  const width = Math.max(NARROWEST, Math.min(WIDTH, Math.abs(other.x - one.x)));
  return { ...size, width, x: Math.round(one.x + (other.x - one.x) * near - width / 2), y: isBack ? one.y + 3 : one.y - HEIGHT - 3 };
}

// All ways out of a branch begin with the same stretch: it says nothing about one of them.
function longest(points) {
  const stretches = points.slice(1).map((point, index) => [points[index], point]);
  const own = stretches.length > 1 ? stretches.slice(1) : stretches;
  const length = ([one, other]) => Math.hypot(one.x - other.x, one.y - other.y);
  return own.reduce((best, stretch) => (length(stretch) > length(best) ? stretch : best));
}
