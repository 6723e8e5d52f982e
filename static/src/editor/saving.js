// Saves when the author says so. Who saved in between is told above the text, and nothing of either is lost.
export class Saving {
  constructor({ token, words }, form) {
    Object.assign(this, { token, words, form, changes: 0, kept: 0 });
    this.place = document.getElementById("save-state");
    this.clash = document.getElementById("clash");
    addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      this.now();
    });
  }

  of(view) {
    this.view = view;
  }

  get isDirty() {
    return this.kept < this.changes;
  }

  changed() {
    this.changes += 1;
    this.say("waiting");
  }

  say(state) {
    const clock = new Date().toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
    this.place.textContent = state === "saved" ? `${this.words.saved_at} ${clock}` : this.words[state];
    this.place.dataset.state = state;
  }

  async now() {
    if (this.isBusy) return;
    this.isBusy = true;
    this.say("saving");
    const upTo = this.changes;
    const answer = await this.send();
    const told = await answer?.json().catch(() => null);
    this.isBusy = false;
    if (answer?.ok && told) this.succeeded(told, upTo);
    else if (answer?.status === 409) this.collided(told);
    else this.say(!answer ? "offline" : answer.status === 422 ? "refused" : answer.status >= 500 ? "trouble" : "signed_out");
  }

  send() {
    const { revision } = this.form.elements;
    const body = new URLSearchParams({ content: this.view.state.doc.toString(), revision: revision.value });
    const headers = { "X-CSRFToken": this.token, Accept: "application/json" };
    return fetch(this.form.action, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
  }

  succeeded({ revision }, upTo) {
    this.form.elements.revision.value = revision;
    this.kept = upTo;
    this.clash.replaceChildren();
    this.say(this.isDirty ? "waiting" : "saved");
  }

  // Saving once more is then a decision: it goes over what the other one saved, which stays in the history.
  collided({ clash, revision }) {
    this.form.elements.revision.value = revision;
    this.clash.innerHTML = clash;
    this.say("clash");
    this.clash.firstElementChild?.focus();
  }
}
