// Canonical layout and the other spelling: the server's text, put in as one change that Ctrl+Z takes back.
import { becomes } from "./text.js";

export class Layout {
  constructor({ token, words }, form) {
    Object.assign(this, { token, words, form });
    this.translation = form.querySelector("[data-act=translation]");
  }

  of(view) {
    for (const button of this.form.querySelectorAll("[data-act=layout], [data-act=translation]")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        this.ask(view, button);
      });
    }
  }

  // The button leads to the spelling that the text does not have.
  spelled(language) {
    const other = language === "en" ? "vi" : "en";
    this.translation.value = other;
    this.translation.querySelector("span").textContent = this.words.to[other];
  }

  async ask(view, button) {
    const { doc } = view.state;
    const language = button.dataset.act === "translation" ? button.value : "";
    const body = new URLSearchParams({ content: doc.toString(), language });
    const headers = { "X-CSRFToken": this.token, Accept: "application/json" };
    const answer = await fetch(button.formAction, { method: "POST", body, headers }).catch(() => null);
    const { text, done } = answer?.ok ? await answer.json() : {};
    if (view.state.doc !== doc) return;
    this.say(!answer?.ok ? this.words.not_judged : done ? "" : this.words.not_laid_out);
    if (done) becomes(view, text, "input.layout");
    view.focus();
  }

  say(words) {
    const place = document.getElementById("judging");
    place.textContent = words;
    place.hidden = !words;
  }
}
