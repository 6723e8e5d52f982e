// Plays a path through the drawing: a token goes from step to step along the transitions. Anything on the page that
// says `data-path="key key …"` starts it: keys of steps and transitions in the order in which the path walks.
import { glide, measured, tokenOn } from "./gliding.js";
import { calledBy, isStep, isTransition, stepOf } from "./kinds.js";

const NEVER_LESS = 300;
const NEVER_MORE = 1600;
const PIXELS_PER_MS = 0.4;
// How long a step is looked at before the token goes on.
const REST = 900;

export class Player {
  // bar: designer/_player.html
  constructor(modeler, bar, words) {
    Object.assign(this, { canvas: modeler.get("canvas"), registry: modeler.get("elementRegistry"), bar, words, stations: [], at: 0 });
    this.status = bar.querySelector("[role=status]");
    document.addEventListener("click", ({ target }) => {
      const opener = target.closest("[data-path]");
      if (opener) this.start(opener.dataset.path.split(" ").filter(Boolean), opener);
    });
    bar.addEventListener("click", ({ target }) => this.pressed(target.closest("[data-play]")?.dataset.play));
    bar.addEventListener("keydown", (event) => event.key === "Escape" && this.stop());
  }

  get isShown() {
    return !this.bar.hidden;
  }

  start(keys, opener) {
    this.stop();
    this.stations = stationsOf(keys.map((key) => this.registry.get(key)).filter(Boolean));
    if (!this.stations.length) return;
    Object.assign(this, { at: 0, opener });
    this.bar.hidden = false;
    this.token = tokenOn(this.canvas.getLayer("play", 2000), "play-token", 11);
    this.canvas.getContainer().scrollIntoView({ block: "nearest" });
    this.bar.querySelector("[data-play=toggle]").focus({ preventScroll: true });
    this.stand();
    this.goOn();
  }

  pressed(act) {
    if (act === "stop") return this.stop();
    if (act === "toggle") return this.isGoing ? this.rest() : this.goOn();
    if (!act) return undefined;
    this.rest();
    return this.stepTo(this.at + (act === "next" ? 1 : -1));
  }

  // From the end it begins anew.
  goOn() {
    if (this.at === this.stations.length - 1) this.stepTo(0);
    this.going(true);
    this.later();
  }

  rest() {
    clearTimeout(this.timer);
    this.halt?.();
    this.going(false);
    this.stand();
  }

  stop() {
    if (!this.isShown) return;
    this.rest();
    this.unmark();
    this.token.remove();
    this.stations = [];
    this.bar.hidden = true;
    if (this.opener?.isConnected) this.opener.focus();
  }

  later() {
    this.timer = setTimeout(() => this.walk(), REST);
  }

  // Along the transition to the next step; at once where somebody wants no movement, or no transition leads there.
  walk() {
    const next = this.stations[this.at + 1];
    if (!next) return this.going(false);
    const isStill = !next.way || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isStill) return this.arrive();
    const line = measured(next.way.waypoints);
    const takes = Math.min(NEVER_MORE, Math.max(NEVER_LESS, line.length / PIXELS_PER_MS));
    this.halt = glide(line, takes, this.token.put, () => this.arrive());
    return undefined;
  }

  arrive() {
    this.stepTo(this.at + 1);
    if (this.at < this.stations.length - 1) this.later();
    else this.going(false);
  }

  stepTo(place) {
    this.at = Math.min(this.stations.length - 1, Math.max(0, place));
    this.stand();
  }

  // The token rests at the step; the walk so far stays marked.
  stand() {
    const { step } = this.stations[this.at];
    this.unmark();
    for (const { step: passed, way } of this.stations.slice(0, this.at + 1)) {
      for (const each of [passed, way]) if (each) this.mark(each, "is-passed");
    }
    this.mark(step, "is-played");
    this.canvas.scrollToElement(step, 80);
    this.token.put({ x: step.x + step.width / 2, y: step.y });
    const { played } = this.words;
    const said = { number: this.at + 1, count: this.stations.length, name: calledBy(step.businessObject, this.words) };
    this.status.textContent = played.replace(/\{(\w+)\}/g, (_, name) => said[name]);
    this.bar.querySelector("[data-play=back]").disabled = this.at === 0;
    this.bar.querySelector("[data-play=next]").disabled = this.at === this.stations.length - 1;
  }

  mark(element, name) {
    if (!this.registry.get(element.id)) return;
    this.canvas.addMarker(element, name);
    (this.marked ??= []).push([element, name]);
  }

  unmark() {
    for (const [element, name] of this.marked ?? []) if (this.registry.get(element.id)) this.canvas.removeMarker(element, name);
    this.marked = [];
  }

  going(isGoing) {
    this.isGoing = isGoing;
    this.bar.dataset.going = isGoing;
    this.bar.querySelector("[data-play=toggle]").setAttribute("aria-pressed", isGoing);
  }
}

// Where the token rests, one after the other, and the transition by which it comes there.
export function stationsOf(elements) {
  const stations = [];
  const last = () => stations.at(-1)?.step;
  for (const element of elements) {
    if (isTransition(element)) {
      const from = stepOf(element.source);
      if (last() !== from) stations.push({ step: from });
      stations.push({ step: element.target, way: element });
    } else if (isStep(element) && last() !== element) {
      stations.push({ step: element, way: last() && wayBetween(last(), element) });
    }
  }
  return stations;
}

const wayBetween = (from, to) =>
  [from, ...(from.attachers ?? [])].flatMap(({ outgoing }) => outgoing).find((way) => isTransition(way) && way.target === to);
