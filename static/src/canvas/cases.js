// The ways of one case type: what its dossiers never pass is faded. What it passes the server says, with each list of
// findings.
import { isEvent, itself } from "./kinds.js";

const FADED = "not-passed";

export class Cases {
  constructor(modeler, place) {
    Object.assign(this, { modeler, place, choice: document.getElementById("case-shown") });
    if (!this.choice) return;
    this.choice.addEventListener("change", () => this.show());
    new MutationObserver(() => this.show()).observe(place, { childList: true });
    this.show();
  }

  show() {
    const ways = JSON.parse(this.place.querySelector("#findings").dataset.caseWays);
    document.getElementById("case-choice").hidden = !Object.keys(ways).length;
    const passed = ways[this.choice.value];
    const canvas = this.modeler.get("canvas");
    this.modeler.get("elementRegistry").forEach((element) => {
      if (element === canvas.getRootElement()) return;
      const thing = itself(element);
      const key = (isEvent(thing) ? thing.host : thing)?.businessObject.id;
      if (passed && !passed.includes(key)) canvas.addMarker(element, FADED);
      else canvas.removeMarker(element, FADED);
    });
  }
}
