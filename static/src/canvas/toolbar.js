// What every page with a drawing has in its toolbar, for readers too: zoom, lanes, small map, search, files, playing.
import { Exporting } from "./exporting.js";
import { Minimap } from "./minimap.js";
import { Player } from "./play.js";
import { Search } from "./search.js";
import { fit } from "./view.js";

const at = (id) => document.getElementById(id);

export class Toolbar {
  constructor(modeler, data) {
    Object.assign(this, { modeler, words: data.words, said: at("drawing-said") });
    this.lanes = modeler.get("lanes");
    this.exporting = new Exporting(modeler, data);
    this.minimap = new Minimap(modeler, at("minimap"), act("minimap"));
    new Search(modeler, at("drawing-search"), data.words);
    new Player(modeler, document.querySelector("[data-player]"), data.words);
    modeler.on("lanes.drawn", ({ outside }) => this.sayLanes(outside));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.fold());
    this.acts = {
      "zoom-in": () => this.zoom(1),
      "zoom-out": () => this.zoom(-1),
      fit: () => fit(modeler, true),
      lanes: () => this.lanes.show(!this.lanes.isShown),
      minimap: () => this.minimap.show(at("minimap").hidden),
      svg: () => this.made(this.exporting.svg()),
      png: () => this.made(this.exporting.png()),
      a4: () => this.made(this.exporting.pdf("a4")),
      a3: () => this.made(this.exporting.pdf("a3")),
    };
  }

  zoom(step) {
    this.modeler.get("zoomScroll").stepZoom(step);
  }

  say(words, values = {}) {
    this.said.textContent = words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  sayLanes(outside) {
    act("lanes").setAttribute("aria-pressed", this.lanes.isShown);
    at("lanes-said").textContent = outside ? this.words.outside.replace("{count}", outside) : "";
  }

  async made(file) {
    this.fold();
    this.say((await file) ?? "");
  }

  fold() {
    const menu = at("drawing-files");
    if (!menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}

const act = (name) => document.querySelector(`[data-act=${name}]`);
