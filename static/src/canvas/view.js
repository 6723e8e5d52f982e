// What of the drawing is in sight. The palette lies over its upper edge.
const ROOM = 28;
// Smaller words are not read; whoever asks for the whole sees the whole.
const READABLE = 0.6;
const SMALLEST = 0.2;

export function fit(modeler, isWhole = false) {
  const canvas = modeler.get("canvas");
  const palette = canvas.getContainer().querySelector(".djs-palette");
  const top = (palette?.offsetHeight ?? 0) + ROOM;
  const { inner: drawn, outer } = canvas.viewbox();
  const inner = modeler.get("lanes", false)?.box ?? drawn;
  const scale = Math.max(isWhole ? SMALLEST : READABLE, Math.min(1, (outer.width - 2 * ROOM) / inner.width, (outer.height - top - ROOM) / inner.height));
  const [width, height] = [outer.width / scale, outer.height / scale];
  // What is too wide to be read begins at its left edge.
  const x = inner.x - Math.max(ROOM / scale, (width - inner.width) / 2);
  const y = inner.y - top / scale - Math.max(0, (height - top / scale - ROOM / scale - inner.height) / 2);
  canvas.viewbox({ x, y, width, height });
}

// Between what is added and what stands there.
const BETWEEN = 20;

// The middle of what is in sight, or as far below it as it takes to lie over no step and no words.
export function freePlace(canvas, registry, { width, height }) {
  const sight = canvas.viewbox();
  const place = { x: sight.x + sight.width / 2, y: sight.y + sight.height / 2 };
  const drawn = registry.filter((each) => each.width && !each.waypoints);
  const isTaken = (each) =>
    Math.abs(each.x + each.width / 2 - place.x) < (each.width + width) / 2 + BETWEEN &&
    Math.abs(each.y + each.height / 2 - place.y) < (each.height + height) / 2 + BETWEEN;
  while (drawn.some(isTaken)) place.y += BETWEEN;
  return place;
}
