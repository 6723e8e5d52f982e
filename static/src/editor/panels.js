// The panels beside the text: htmx asks for them, with the text as it stands; those that are folded are not asked for.
export class Panels {
  // content() gives the text
  constructor(place, content) {
    this.place = place;
    place.addEventListener("toggle", ({ target }) => target.open && this.ask(target), true);
    document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
      if (place.contains(ctx.sourceElement)) ctx.request.body.set("typed-rules", content());
    });
  }

  // The server has read the text anew.
  read() {
    for (const panel of this.place.querySelectorAll("details.side[open]")) this.ask(panel);
  }

  ask(panel) {
    for (const part of panel.querySelectorAll("[hx-trigger~='rules-read']")) part.dispatchEvent(new Event("rules-read"));
  }
}
