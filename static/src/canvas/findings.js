// Marks on the shapes for what the server's list says, and the way from the list to the shape.
export class Findings {
  constructor(modeler, place, words) {
    Object.assign(this, { modeler, place, words });
    place.addEventListener("click", (event) => this.go(event.target.closest("[data-go]")?.dataset.go));
  }

  get list() {
    return this.place.querySelector("#findings");
  }

  // fragment: the section as the server answers it
  replace(fragment) {
    this.list.outerHTML = fragment;
    this.mark();
  }

  go(key) {
    const element = key && this.modeler.get("elementRegistry").get(key);
    if (!element) return;
    this.modeler.get("selection").select(element);
    this.modeler.get("canvas").scrollToElement(element, 80);
  }

  mark() {
    this.modeler.get("overlays").remove({ type: "finding" });
    for (const [element, name] of this.coloured ?? []) if (this.modeler.get("elementRegistry").get(element.id)) this.modeler.get("canvas").removeMarker(element, name);
    this.coloured = [];
    const by = Map.groupBy(this.list.querySelectorAll("[data-where]"), (item) => item.dataset.where);
    for (const [key, items] of by) this.put(key, items);
  }

  put(key, items) {
    const element = this.modeler.get("elementRegistry").get(key);
    if (!element) return;
    const errors = items.filter((item) => item.dataset.severity === "error").length;
    const mark = document.createElement("button");
    mark.type = "button";
    mark.className = `finding-mark ${errors ? "is-error" : "is-warning"}`;
    // Not by colour alone: another sign, and another line around the shape.
    mark.textContent = `${errors ? "✕" : "!"} ${items.length}`;
    const name = errors ? "has-error" : "has-warning";
    this.modeler.get("canvas").addMarker(element, name);
    this.coloured.push([element, name]);
    mark.setAttribute("aria-label", this.wordsFor(errors, items));
    mark.title = items.map((item) => item.querySelector(".finding-go").textContent).join("\n");
    mark.addEventListener("click", () => this.point(key, items[0]));
    const position = element.waypoints ? middle(element) : { top: -12, right: 12 };
    this.modeler.get("overlays").add(element, "finding", { position, html: mark });
  }

  wordsFor(errors, items) {
    const count = [[errors, this.words.error], [items.length - errors, this.words.warning]].filter(([number]) => number);
    const said = items.map((item) => item.querySelector(".finding-go").textContent);
    return `${count.map(([number, word]) => `${number} ${word}`).join(", ")}: ${said.join("; ")}`;
  }

  point(key, item) {
    this.go(key);
    item.scrollIntoView({ block: "nearest" });
    item.querySelector(".finding-go").focus();
  }
}

// Overlays stand relative to the box around all way-points.
function middle({ waypoints }) {
  const [left, top] = ["x", "y"].map((axis) => Math.min(...waypoints.map((point) => point[axis])));
  const [one, other] = [waypoints[0], waypoints[1]];
  return { left: (one.x + other.x) / 2 - left - 11, top: (one.y + other.y) / 2 - top - 11 };
}
