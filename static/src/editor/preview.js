// How the letter looks: asked of the server a moment after the last change, one question at a time.
const QUIET = 500;

export class Preview {
  constructor(form, address, marks) {
    Object.assign(this, { form, address, marks, state: document.getElementById("preview-state") });
    for (const name of ["example", "ending"]) form.elements[name]?.addEventListener("change", () => this.now());
    this.mark();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), QUIET);
  }

  // What changes while an answer is on its way is asked for when it is there.
  async now() {
    if (this.isBusy) { this.isStale = true; return; }
    this.isBusy = true;
    const answer = await fetch(this.address, { method: "POST", body: new FormData(this.form), headers: { "HX-Request": "true" } }).catch(() => null);
    const text = await answer?.text().catch(() => null);
    this.isBusy = false;
    if (answer && text && (answer.ok || answer.status === 422)) this.show(text);
    else this.state.textContent = document.getElementById("flash").dataset[answer ? "trouble" : "offline"];
    if (this.isStale) { this.isStale = false; this.now(); }
  }

  // Pages stay where they are when the letter cannot be made for a moment: a picture that jumps while one types helps nobody.
  show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("letter-preview");
    const place = document.getElementById("letter-preview");
    const wrong = fresh.querySelector(".letter-wrong");
    this.state.textContent = "";
    place.querySelector(".letter-wrong")?.remove();
    if (wrong) place.prepend(wrong);
    else place.replaceChildren(...fresh.childNodes);
    this.mark();
  }

  mark() {
    this.marks(document.querySelector("#letter-preview .letter-wrong")?.dataset);
  }
}
