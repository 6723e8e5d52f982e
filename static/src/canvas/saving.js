// Saves the drawing by itself: a second after the last change, again and again while the network is away.
const QUIET = 1000;
const PATIENCE = [2000, 4000, 8000, 15000];
// What browsers still carry when a page is left.
const LONGEST_FAREWELL = 60000;

export class Saving {
  // takes: state(name), saved(fragment), refused(status, fragment), drawing() → text of the drawing
  constructor({ save, set_aside, revision, token }, takes) {
    Object.assign(this, { address: save, asideAddress: set_aside, revision, token, takes, tries: 0, changes: 0, kept: 0 });
    addEventListener("online", () => this.isDirty && this.now());
    addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.isDirty && this.now(true));
  }

  get isDirty() {
    return this.kept < this.changes;
  }

  changed() {
    this.changes += 1;
    if (this.isRefused) return;
    this.takes.state("waiting");
    this.after(QUIET);
  }

  after(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), delay);
  }

  async now(isFarewell = false) {
    clearTimeout(this.timer);
    if (this.isBusy || this.isRefused) return;
    this.isBusy = true;
    this.takes.state("saving");
    const upTo = this.changes;
    const content = await this.takes.drawing();
    const answer = await this.send(this.address, content, isFarewell && content.length < LONGEST_FAREWELL);
    this.isBusy = false;
    await this.answered(answer, upTo);
  }

  send(address, content, keepalive = false) {
    const body = new URLSearchParams({ content, revision: this.revision });
    const headers = { "X-CSRFToken": this.token, "HX-Request": "true" };
    return fetch(address, { method: "POST", body, headers, keepalive }).catch(() => null);
  }

  async answered(answer, upTo) {
    const fragment = answer ? await answer.text().catch(() => "") : "";
    if (answer?.ok) return this.succeeded(fragment, upTo);
    if (answer?.status === 409 || answer?.status === 422) {
      this.isRefused = true;
      this.takes.state(answer.status === 409 ? "conflict" : "refused");
      return this.takes.refused(fragment);
    }
    this.takes.state(!answer ? "offline" : answer.status === 401 || answer.status === 400 ? "signed_out" : "trouble");
    this.after(PATIENCE[Math.min(this.tries++, PATIENCE.length - 1)]);
    return undefined;
  }

  succeeded(fragment, upTo) {
    this.tries = 0;
    this.kept = upTo;
    this.revision = this.takes.saved(fragment);
    if (this.isDirty) this.after(QUIET);
    else this.takes.state("saved");
  }

  // Mine over theirs: said in so many words by the person, and theirs stays in the history.
  keepMine(revision) {
    this.revision = revision;
    this.isRefused = false;
    this.now();
  }

  // Theirs instead of mine: mine goes into the history first. Answers whether it arrived there.
  async setAside() {
    const answer = await this.send(this.asideAddress, await this.takes.drawing());
    if (answer?.ok) this.kept = this.changes;
    return Boolean(answer?.ok);
  }
}
