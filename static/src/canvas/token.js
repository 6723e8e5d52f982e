// A token that moves along connections, one after the other: a second or two in all.
import { glide, measured, tokenOn } from "./gliding.js";

const PIXELS_A_SECOND = 700;
const LONGEST = 2500;

export function travel(viewer, keys) {
  const known = viewer.get("elementRegistry");
  const points = keys.flatMap((key) => known.get(key)?.waypoints ?? []);
  const line = measured(points);
  if (!line.length) return Promise.resolve();
  const token = tokenOn(viewer.get("canvas").getLayer("trial-token", 1000), "trial-moving", 9);
  return new Promise((arrived) => {
    glide(line, Math.min(LONGEST, (line.length / PIXELS_A_SECOND) * 1000), token.put, () => {
      token.remove();
      arrived();
    });
  });
}
