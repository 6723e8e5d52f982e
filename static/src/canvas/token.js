// A token that moves along connections, one after the other: pixels of the drawing, a second or two in all.
const PIXELS_A_SECOND = 700;
const LONGEST = 2500;

// Every stretch between two way-points, with its length.
function stretches(viewer, keys) {
  const known = viewer.get("elementRegistry");
  const points = keys.map((key) => known.get(key)?.waypoints ?? []).flatMap((each) => each.slice(1).map((to, index) => [each[index], to]));
  return points.map(([from, to]) => ({ from, to, length: Math.hypot(to.x - from.x, to.y - from.y) }));
}

function place(parts, travelled) {
  let left = travelled;
  for (const { from, to, length } of parts) {
    if (left <= length) {
      const share = length ? left / length : 1;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    }
    left -= length;
  }
  return parts.at(-1).to;
}

export function travel(viewer, keys) {
  const parts = stretches(viewer, keys);
  const whole = parts.reduce((sum, { length }) => sum + length, 0);
  if (!whole) return Promise.resolve();
  const layer = viewer.get("canvas").getLayer("trial-token", 1000);
  const token = document.createElementNS(layer.namespaceURI, "circle");
  token.setAttribute("r", "9");
  token.setAttribute("class", "trial-moving");
  layer.append(token);
  const lasts = Math.min(LONGEST, (whole / PIXELS_A_SECOND) * 1000);
  return new Promise((arrived) => {
    let began;
    function move(now) {
      began ??= now;
      const { x, y } = place(parts, whole * Math.min(1, (now - began) / lasts));
      token.setAttribute("cx", x);
      token.setAttribute("cy", y);
      if (now - began < lasts) requestAnimationFrame(move);
      else { token.remove(); arrived(); }
    }
    requestAnimationFrame(move);
  });
}
