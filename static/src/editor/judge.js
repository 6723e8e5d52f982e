// What the server finds wrong with the text: asked when the hand rests, marked in the text, listed below.
import { setDiagnostics } from "@codemirror/lint";
import { FindingList } from "./findings.js";
import { stretch } from "./text.js";

const REST = 400;
const PATIENCE = 10000;

export class Judge {
  // takes: learned(answer)
  constructor({ findings, token, words }, takes) {
    Object.assign(this, { address: findings, token, words, takes, asked: 0, own: [], others: [] });
    this.list = new FindingList(words);
  }

  // What was found moves with the text until the text is judged anew.
  changed({ view, changes }) {
    const moved = (each) => ({ ...each, from: changes.mapPos(each.from), to: changes.mapPos(each.to) });
    this.own = this.own.map(moved);
    this.others = this.others.map(moved);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(view), REST);
  }

  // An answer to a text that no longer stands is dropped: the next question is on its way.
  async ask(view) {
    const { doc } = view.state;
    const number = (this.asked += 1);
    this.list.state(this.words.judging);
    const answer = await this.send(doc.toString());
    const told = answer?.ok ? await answer.json() : null;
    if (number !== this.asked || view.state.doc !== doc) return;
    if (!told) return this.failed(view, answer);
    this.told(view, told);
  }

  send(content) {
    const headers = { "X-CSRFToken": this.token, Accept: "application/json" };
    return fetch(this.address, { method: "POST", body: new URLSearchParams({ content }), headers }).catch(() => null);
  }

  failed(view, answer) {
    this.list.state(answer?.status === 413 ? this.words.too_long : this.words.not_judged);
    if (!answer) this.timer = setTimeout(() => this.ask(view), PATIENCE);
  }

  told(view, answer) {
    const { doc } = view.state;
    const found = answer.findings.map((finding, number) => this.one(doc, finding, answer.marks[number], answer.places[number]));
    this.own = found.filter(({ place }) => place).map((each) => this.diagnostic(each));
    this.mark(view);
    document.getElementById("rule-cards").outerHTML = answer.cards;
    this.list.show(found, view);
    this.takes.learned(answer);
  }

  // What somebody else found in the same text: [{ finding, mark }]
  beside(view, found) {
    const placed = found.map(({ finding, mark }) => this.one(view.state.doc, finding, mark, ""));
    this.others = placed.filter(({ place }) => place).map((each) => this.diagnostic(each));
    this.mark(view);
  }

  // Of two that say the same of the same place, one is enough.
  mark(view) {
    const said = new Set(this.own.map(({ from, message }) => `${from} ${message}`));
    const others = this.others.filter(({ from, message }) => !said.has(`${from} ${message}`));
    view.dispatch(setDiagnostics(view.state, [...this.own, ...others]));
  }

  // A place of its own only for what is wrong in this text.
  one(doc, finding, mark, address) {
    const place = mark ? seen(doc, stretch(doc, finding, mark)) : null;
    const fix = place && mark.instead !== null ? { ...stretch(doc, finding, mark), insert: mark.instead } : null;
    return { finding, place, fix, address, label: fix ? `${this.words.replace_with} «${mark.instead}»` : "" };
  }

  diagnostic({ finding, place, fix, label }) {
    const apply = (view, from, to) => view.dispatch({ changes: { from, to, insert: fix.insert }, selection: { anchor: from + fix.insert.length }, userEvent: "input.fix" });
    return {
      ...place,
      severity: finding.severity,
      message: `${finding.message}. ${finding.remedy}`,
      renderMessage: () => said(finding),
      actions: fix ? [{ name: label, apply }] : [],
    };
  }
}

// At the end of a line there is nothing to underline: the last character stands for it.
function seen(doc, place) {
  if (!place || place.to > place.from) return place;
  const line = doc.lineAt(place.from);
  if (place.from < line.to) return { from: place.from, to: place.from + 1 };
  return { from: Math.max(line.from, place.from - 1), to: place.from };
}

function said({ message, remedy }) {
  const node = document.createElement("div");
  for (const [name, words] of [["finding-words", message], ["finding-remedy", remedy]]) {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = words;
    node.append(line);
  }
  return node;
}
