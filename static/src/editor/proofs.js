// What the prover said, marked in the text for as long as the text stays as it was proved.
export class Proofs {
  constructor(judge) {
    this.judge = judge;
    document.addEventListener("htmx:after:swap", () => this.look());
  }

  of(view) {
    this.view = view;
  }

  get place() {
    return document.getElementById("rule-proofs");
  }

  // A fresh answer is marked once.
  look() {
    if (!this.view || this.place === this.seen) return;
    this.seen = this.place;
    const items = [...this.place.querySelectorAll("[data-verdict]")];
    this.judge.beside(this.view, items.map((item) => this.finding(item)));
  }

  finding(item) {
    const { verdict, line, column, length } = item.dataset;
    const [message, remedy] = ["finding-words", "finding-remedy"].map((name) => item.querySelector(`.${name}`).textContent);
    const finding = { line: Number(line), column: Number(column), message, remedy, severity: verdict === "refuted" ? "error" : "warning" };
    return { finding, mark: { length: Number(length), instead: null } };
  }

  changed() {
    const note = this.place.querySelector(".proof-stale");
    if (!note?.hidden) return;
    note.hidden = false;
    this.judge.beside(this.view, []);
  }
}
