// Saves the drawing by itself: a second after the last change, again and again while the network is away, and
// before a link is followed. One drawing is under way at a time, so that nobody meets a save of their own.
import { Unanswered } from "./unanswered.js";

const QUIET = 1000;
const PATIENCE = [2000, 4000, 8000, 15000];
// What browsers still carry when a page is left.
const LONGEST_FAREWELL = 60000;
// Somebody may go on drawing while a link waits: it does not wait for ever.
const ROUNDS = 3;

export class Saving {
  // takes: state(name), saved(fragment), refused(fragment), drawing() → text of the drawing
  constructor({ save, set_aside, revision, token }, takes) {
    Object.assign(this, { address: save, asideAddress: set_aside, revision, token, takes, tries: 0, changes: 0, kept: 0, sendings: 0 });
    this.unanswered = new Unanswered(save);
    addEventListener("online", () => this.isDirty && this.now());
    addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.isDirty && this.now(true));
    document.addEventListener("click", (event) => this.followed(event));
  }

  get isDirty() {
    return this.kept < this.changes;
  }

  // The drawing that this tab left unsaved, when the server does not show it yet.
  leftBehind() {
    return this.unanswered.leftBehind(this.revision);
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

  // A page that is hidden may be gone the next moment: it does not wait for the answer to an earlier save.
  now(isLeaving = false) {
    clearTimeout(this.timer);
    if (this.isRefused) return undefined;
    if (!this.isBusy || isLeaving) this.underWay = this.once();
    return this.underWay;
  }

  async once() {
    const number = (this.sendings += 1);
    this.isBusy = true;
    this.takes.state("saving");
    const upTo = this.changes;
    const content = await this.takes.drawing();
    const answer = await this.send(this.address, content);
    // A later one has overtaken it: only that one's answer counts.
    if (number !== this.sendings) return;
    this.isBusy = false;
    await this.answered(answer, upTo);
  }

  send(address, content) {
    const body = new URLSearchParams({ content, revision: this.revision });
    for (const each of this.unanswered.contents) body.append("unanswered", each);
    this.unanswered.add(content, this.revision);
    const headers = { "X-CSRFToken": this.token, "HX-Request": "true" };
    const keepalive = body.toString().length < LONGEST_FAREWELL;
    return fetch(address, { method: "POST", body, headers, keepalive }).catch(() => null);
  }

  async answered(answer, upTo) {
    const fragment = answer ? await answer.text().catch(() => "") : "";
    if (answer?.ok) return this.succeeded(fragment, upTo);
    if (answer?.status === 409 || answer?.status === 422) {
      this.isRefused = true;
      this.unanswered.clear();
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
    this.unanswered.clear();
    this.revision = this.takes.saved(fragment);
    if (this.isDirty) this.after(QUIET);
    else this.takes.state("saved");
  }

  // The page behind a link shows what was drawn: it is opened once that is saved, or cannot be saved now.
  async followed(event) {
    const link = event.target.closest("a[href]");
    if (!link || !(this.isDirty || this.isBusy) || !isPlain(event) || link.target || link.hasAttribute("download")) return;
    event.preventDefault();
    for (let round = 0; round < ROUNDS && (this.isDirty || this.isBusy) && !this.isRefused; round += 1) await this.now();
    location.assign(link.href);
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
    this.unanswered.clear();
    if (answer?.ok) this.kept = this.changes;
    return Boolean(answer?.ok);
  }
}

// A click that opens the link here.
const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);
