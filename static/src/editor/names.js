// What is called by a name: facts, told with the page, and rules of the text, told by the server as it reads them.
export class Names {
  constructor({ facts, words }) {
    this.facts = new Map(facts.map((fact) => [fact.name, fact]));
    this.kinds = words.kinds;
    this.rules = new Map();
  }

  // Answers whether anything is new.
  learn(rules) {
    const known = JSON.stringify([...this.rules.values()]);
    this.rules = new Map(rules.map((rule) => [rule.name, rule]));
    return known !== JSON.stringify(rules);
  }

  has(name) {
    return this.facts.has(name) || this.rules.has(name);
  }

  // What has values to choose from, or may have.
  valued(name) {
    return this.facts.get(name) ?? this.rules.get(name);
  }

  // What is said of a name, to be put beside the text; null for a name that nobody has given.
  about(name) {
    const told = document.querySelector(`template[data-about="${CSS.escape(name)}"]`);
    const card = document.querySelector(`.rule-card[data-rule="${CSS.escape(name)}"]`);
    if (!told && !card) return null;
    const place = document.createElement("div");
    place.className = "about";
    place.append(told ? told.content.cloneNode(true) : carded(card));
    return place;
  }

  // The same in one line.
  line(name) {
    const fact = this.facts.get(name);
    if (fact) return `${name}: ${fact.title} (${fact.kind})`;
    const rule = this.rules.get(name);
    return rule ? `${name}: ${rule.title} (${this.kinds[rule.kind] ?? rule.kind})` : "";
  }
}

// The head of a rule's card, without links: a hint is read, not used.
function carded(card) {
  const shown = document.createDocumentFragment();
  const title = document.createElement("p");
  title.className = "about-title";
  title.textContent = card.querySelector("h3").textContent;
  shown.append(title);
  for (const part of card.querySelectorAll(":scope > p:not(.under), :scope > ul")) shown.append(part.cloneNode(true));
  return shown;
}
