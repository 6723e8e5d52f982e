// Finds steps and transitions by name or key, accents left out; Enter goes on to the next one.
import { calledBy, isStep, isTransition, nameOf } from "./kinds.js";

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export class Search {
  // place: the field with its count
  constructor(modeler, place, words) {
    Object.assign(this, { modeler, words, field: place.querySelector("input"), count: place.querySelector("[role=status]"), at: -1, hits: [] });
    this.field.addEventListener("input", () => this.look());
    this.field.addEventListener("keydown", (event) => this.key(event));
    place.addEventListener("click", ({ target }) => target.closest("[data-find]") && this.go(1));
    place.closest("#drawing").addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.field.select();
    });
  }

  key(event) {
    if (event.key === "Escape") return this.modeler.get("canvas").getContainer().querySelector("svg").focus();
    if (event.key !== "Enter") return undefined;
    event.preventDefault();
    return this.go(event.shiftKey ? -1 : 1, event.ctrlKey || event.metaKey);
  }

  look() {
    this.at = -1;
    this.find();
    this.say();
  }

  // Anew each time: the drawing may have gone on.
  find() {
    const wanted = folded(this.field.value.trim());
    const says = (each) => [each.id, isStep(each) ? calledBy(each.businessObject, this.words) : nameOf(each.businessObject, this.words) ?? ""].some((text) => folded(text).includes(wanted));
    const found = wanted ? this.modeler.get("elementRegistry").filter((each) => (isStep(each) || isTransition(each)) && says(each)) : [];
    this.hits = found.sort((one, other) => isTransition(one) - isTransition(other) || start(one).x - start(other).x || start(one).y - start(other).y);
  }

  // isMore: beside what is selected already
  go(direction, isMore = false) {
    this.find();
    if (this.hits.length) {
      this.at = (this.at + direction + this.hits.length + (this.at < 0 && direction < 0 ? 1 : 0)) % this.hits.length;
      this.meet(this.hits[this.at], isMore);
    }
    this.say();
  }

  meet(element, isMore) {
    const canvas = this.modeler.get("canvas");
    const { width, height } = canvas.viewbox();
    const { x, y } = centre(element);
    canvas.viewbox({ x: x - width / 2, y: y - height / 2, width, height });
    this.modeler.get("selection").select(element, isMore);
  }

  say() {
    const { found_none: none, found } = this.words;
    const said = this.at < 0 ? `${this.hits.length}` : found.replace("{number}", this.at + 1).replace("{count}", this.hits.length);
    this.count.textContent = !this.field.value.trim() ? "" : this.hits.length ? said : none;
  }
}

const start = ({ x, y, waypoints }) => waypoints?.[0] ?? { x, y };
const centre = ({ x, y, width, height, waypoints }) => (waypoints ? waypoints[Math.floor(waypoints.length / 2)] : { x: x + width / 2, y: y + height / 2 });
