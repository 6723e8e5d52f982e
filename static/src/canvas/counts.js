// How many dossiers rest at each step now, and how many of them are overdue: in words below the shape.

// counts: key → { open, overdue }
export function showCounts(modeler, counts, words) {
  const overlays = modeler.get("overlays");
  for (const [key, { open, overdue }] of Object.entries(counts)) {
    if (!modeler.get("elementRegistry").get(key)) continue;
    const html = Object.assign(document.createElement("span"), { className: "running-count" });
    const said = overdue ? words.rest_overdue : words.rest;
    html.textContent = said.replace("{open}", open).replace("{overdue}", overdue);
    if (overdue) html.classList.add("is-late");
    overlays.add(key, "count", { position: { bottom: -3, left: 0 }, html });
  }
}
