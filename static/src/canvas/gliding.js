// What moves along way-points of the drawing: where it is at which share of the whole line, frame by frame.

// at(share): the place between 0, the first point, and 1, the last.
export function measured(points) {
  const stretches = points.slice(1).map((end, index) => ({ start: points[index], end, length: Math.hypot(end.x - points[index].x, end.y - points[index].y) }));
  const length = stretches.reduce((sum, each) => sum + each.length, 0);
  const at = (share) => {
    let left = share * length;
    const { start, end, length: long } = stretches.find((each) => (left -= each.length) <= 0) ?? stretches.at(-1);
    const part = long ? 1 + Math.min(0, left) / long : 1;
    return { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part };
  };
  return { length, at };
}

// Puts the token anew in each frame; answers what stops it on its way.
export function glide(line, milliseconds, put, arrived) {
  let frame;
  const began = performance.now();
  const move = (now) => {
    const share = Math.min(1, Math.max(0, now - began) / milliseconds);
    put(line.at(share));
    if (share < 1) frame = requestAnimationFrame(move);
    else arrived();
  };
  frame = requestAnimationFrame(move);
  return () => cancelAnimationFrame(frame);
}

// A disc on a layer of the drawing, and what puts it somewhere.
export function tokenOn(layer, kind, radius) {
  const disc = document.createElementNS(layer.namespaceURI, "circle");
  disc.setAttribute("class", kind);
  disc.setAttribute("r", radius);
  layer.append(disc);
  return { put: ({ x, y }) => disc.setAttribute("transform", `translate(${x} ${y})`), remove: () => disc.remove() };
}
