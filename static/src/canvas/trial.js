// The drawing of a trial: where the dossier rests, the way it has walked, and its last move as it is made.
import { opened, show } from "./modeler.js";
import { travel } from "./token.js";

const at = (id) => document.getElementById(id);
const data = JSON.parse(at("trial-data").dataset.trial);
const { words } = data;
const SEEN = `trial-${data.trial}`;

function here(viewer, key) {
  const token = document.createElement("span");
  token.className = "trial-token";
  token.dataset.token = key;
  token.setAttribute("role", "img");
  token.setAttribute("aria-label", words.token);
  token.title = words.token;
  viewer.get("overlays").add(key, "token", { position: { top: -12, left: -12 }, html: token });
}

function rest(viewer) {
  const known = viewer.get("elementRegistry");
  for (const key of data.rests.filter((each) => known.get(each))) {
    viewer.get("canvas").addMarker(key, "rests-here");
    here(viewer, key);
  }
}

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const isNew = sessionStorage.getItem(SEEN) !== String(data.revision);
sessionStorage.setItem(SEEN, String(data.revision));

at("trial-canvas").hidden = false;
const viewer = opened(at("trial-canvas"), { may_write: false, words, published: [] });
try {
  await show(viewer, data.drawing);
  const known = viewer.get("elementRegistry");
  for (const key of data.walked.filter((each) => known.get(each))) viewer.get("canvas").addMarker(key, "walked");
  const svg = at("trial-canvas").querySelector(".djs-container > svg");
  svg.setAttribute("aria-label", words.canvas);
  svg.setAttribute("role", "img");
  at("trial-steps").classList.add("visually-hidden");
  const first = known.get(data.rests[0] ?? data.last.at(-1));
  if (first) viewer.get("canvas").scrollToElement(first, 80);
  if (isNew && !calm) await travel(viewer, data.last);
  rest(viewer);
} catch (broken) {
  console.error(broken);
  at("trial-canvas").hidden = true;
  at("trial-steps").classList.remove("visually-hidden");
}
