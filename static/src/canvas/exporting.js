// The drawing as a file: SVG with its fonts inside, PNG made of it, PDF set by the server.
import { isStep } from "./kinds.js";
import { HEADER } from "./lanes.js";

const ROOM = 20;
// Browsers refuse larger pictures.
const LARGEST = 12000;
const SHARP = 2;
// What the server's typesetter has instead.
const PRINTED = "Libertinus Serif";

export class Exporting {
  constructor(modeler, { process, sheet, token, words }) {
    Object.assign(this, { modeler, name: process, sheet, token, words });
  }

  async svg() {
    this.save(new Blob([(await this.drawn(await faces())).text], { type: "image/svg+xml" }), "svg");
  }

  async png() {
    const { text, width, height } = await this.drawn(await faces());
    const scale = Math.min(SHARP, LARGEST / Math.max(width, height));
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await picture.decode();
    const paper = Object.assign(document.createElement("canvas"), { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
    const pen = paper.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, paper.width, paper.height);
    pen.drawImage(picture, 0, 0, paper.width, paper.height);
    this.save(await new Promise((done) => paper.toBlob(done, "image/png")), "png");
  }

  // paper: "a4", "a3". Answers what went wrong, in words; undefined when the file is there.
  async pdf(paper) {
    const lanes = this.modeler.get("lanes");
    const titles = [...new Set(this.modeler.get("elementRegistry").filter(isStep).map(({ businessObject }) => lanes.of(businessObject)).filter(Boolean))].map((lane) => lanes.titleOf(lane));
    const body = JSON.stringify({ paper, svg: printed((await this.drawn()).text), lanes: titles });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const answer = await fetch(this.sheet, { method: "POST", headers, body }).catch(() => null);
    if (!answer?.ok) return answer?.status === 422 ? answer.text() : this.words.sheet_not;
    return this.save(await answer.blob(), "pdf");
  }

  // What is drawn, with its lanes where they are shown. A text from beginning to end: parsed, its styles would be
  // held against the policy of this page.
  async drawn(styles = "") {
    const { svg } = await this.modeler.saveSVG();
    const [root] = /<svg [^>]*>/.exec(svg);
    const box = this.boxOf(/viewBox="([^"]*)"/.exec(root)[1].split(" ").map(Number));
    const [, , width, height] = box;
    const said = { xmlns: "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink", version: "1.1", width, height, viewBox: box.join(" ") };
    const begun = `<svg ${Object.entries(said).map(([name, value]) => `${name}="${value}"`).join(" ")}>${styles && `<style>${styles}</style>`}${this.behind()}`;
    return { text: begun + svg.slice(svg.indexOf(root) + root.length), width, height };
  }

  // The lanes, each name at the beginning of its own.
  behind() {
    const lanes = this.modeler.get("lanes");
    const layer = new XMLSerializer().serializeToString(this.modeler.get("canvas").getLayer("lanes", -1));
    let index = 0;
    return layer.replace(/class="lane-header" transform="[^"]*"/g, () => {
      const { x, y } = lanes.bands[index++];
      return `transform="translate(${x - HEADER} ${y})"`;
    });
  }

  boxOf([x, y, width, height]) {
    const box = this.modeler.get("lanes").box ?? { x, y, width, height };
    const [left, top] = [Math.min(x, box.x) - ROOM, Math.min(y, box.y) - ROOM];
    const [right, bottom] = [Math.max(x + width, box.x + box.width) + ROOM, Math.max(y + height, box.y + box.height) + ROOM];
    return [left, top, Math.ceil(right - left), Math.ceil(bottom - top)];
  }

  save(blob, ending) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${this.name}.${ending}` });
    link.click();
    // The download has begun by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}

const printed = (svg) => svg.replaceAll(/font-family="[^"]*"/g, `font-family="${PRINTED}"`).replaceAll(/font-family: ?[^;]*;/g, `font-family: ${PRINTED};`);
// The faces of the page with their letters inside: a file shows them anywhere.
async function faces() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href })));
  const found = rules.filter(({ rule }) => rule instanceof CSSFontFaceRule);
  return (await Promise.all(found.map(({ rule, base }) => inlined(rule, base)))).join("\n");
}

async function inlined(rule, base) {
  const [whole, address] = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src")) ?? [];
  if (!whole) return "";
  const blob = await (await fetch(new URL(address, base))).blob();
  const data = await new Promise((done) => Object.assign(new FileReader(), { onload: ({ target }) => done(target.result) }).readAsDataURL(blob));
  return rule.cssText.replace(whole, `url("${data}")`);
}
