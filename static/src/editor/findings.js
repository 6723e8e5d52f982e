// The list below the text: what a screen reader reads, so only what is new is put in and only what is mended goes.
export class FindingList {
  constructor(words) {
    this.words = words;
    this.place = document.getElementById("finding-list");
    this.told = document.getElementById("judging");
    this.item = document.getElementById("finding-item");
    this.allWell = document.getElementById("all-well");
  }

  state(words) {
    this.told.textContent = words;
    this.told.hidden = !words;
  }

  // found: [{ finding, fix, address, label }]; a fix puts one thing in place of another
  show(found, view) {
    this.state("");
    const known = new Map([...this.place.querySelectorAll("li[data-key]")].map((item) => [item.dataset.key, item]));
    const seen = new Map();
    const items = found.map((each) => {
      const said = `${each.finding.code} ${each.finding.message}`;
      const time = (seen.get(said) ?? 0) + 1;
      seen.set(said, time);
      return this.filled(known.get(`${said} ${time}`) ?? this.made(`${said} ${time}`), each, view);
    });
    this.put(items);
    this.place.setAttribute("aria-live", "polite");
    this.place.setAttribute("aria-relevant", "additions");
  }

  put(items) {
    const list = this.place.querySelector("ul.findings.is-live") ?? Object.assign(document.createElement("ul"), { className: "findings is-live" });
    if (!items.length) {
      if (!this.place.querySelector(".all-well")) this.place.replaceChildren(this.allWell.content.cloneNode(true));
      return;
    }
    if (list.parentNode !== this.place) this.place.replaceChildren(list);
    for (const item of list.querySelectorAll(":scope > li")) if (!items.includes(item)) item.remove();
    items.forEach((item, number) => { if (list.children[number] !== item) list.insertBefore(item, list.children[number] ?? null); });
  }

  made(key) {
    const item = this.item.content.firstElementChild.cloneNode(true);
    item.dataset.key = key;
    return item;
  }

  // What is about a whole rule has a line and no column.
  spot({ line, column }) {
    return `${this.words.line} ${line}` + (column ? `, ${this.words.column} ${column}` : "");
  }

  filled(item, { finding, fix, address, place, label }, view) {
    item.dataset.severity = finding.severity;
    write(item.querySelector(".finding-words"), finding.message);
    write(item.querySelector(".finding-remedy"), finding.remedy);
    const link = item.querySelector("a");
    write(link, place ? this.spot(finding) : finding.where || address);
    link.href = place ? `#line-${finding.line}` : address;
    if (place) Object.assign(link.dataset, { line: finding.line, column: finding.column ?? 1 });
    const button = item.querySelector("button");
    button.hidden = !fix;
    write(button, label);
    button.onclick = () => { view.dispatch({ changes: fix, userEvent: "input.fix" }); view.focus(); };
    return item;
  }
}

// Writing what already stands there would be read out again.
function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
