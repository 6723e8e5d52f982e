// What may stand here, offered while one types. Only offered: whether it is right the server says.
import { autocompletion, snippet } from "@codemirror/autocomplete";
import { plain } from "./folding.js";

const PART = /[\p{L}_][\p{L}\p{M}\p{N}_.]*$/u;
const NAME = "[\\p{L}_`][\\p{L}\\p{M}\\p{N}_.]*";

// 2: begins so, 1: one of its words does, 0: not at all.
function fit(words, typed) {
  const folded = plain(words);
  if (folded.startsWith(typed)) return 2;
  return folded.split(/[\s_.]+/).some((word) => word.startsWith(typed)) ? 1 : 0;
}

export function completion(data, names) {
  const sources = new Offers(data, names);
  return autocompletion({ override: [(context) => sources.at(context)], icons: false, maxRenderedOptions: 9 });
}

class Offers {
  constructor({ languages, snippets, words }, names) {
    Object.assign(this, { languages, snippets, words, names, sections: {} });
    words.sections.forEach(([key, name], rank) => { this.sections[key] = { name, rank }; });
  }

  at(context) {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (isApart(before)) return null;
    const typed = PART.exec(before)?.[0] ?? "";
    const from = context.pos - typed.length;
    const start = before.slice(0, before.length - typed.length);
    const asked = this.askedOf(start, this.spelling(context.state.doc));
    if (!typed && !context.explicit && !asked) return null;
    const options = this.options(context, start, asked).filter((option) => option.fit(plain(typed)) > 0);
    const best = (option) => option.fit(plain(typed));
    options.sort((one, other) => one.section.rank - other.section.rank || best(other) - best(one) || 0);
    return options.length ? { from, options, filter: false } : null;
  }

  spelling(doc) {
    const top = doc.sliceString(0, 2000);
    return Object.keys(this.languages).find((key) => top.includes(this.languages[key].opening)) ?? Object.keys(this.languages)[0];
  }

  options(context, start, asked) {
    const spelling = this.spelling(context.state.doc);
    if (asked) return this.values(asked);
    if (!start.trim()) return [...this.beginnings(context, spelling, start), ...this.named(), ...this.keywords(spelling)];
    return [...this.named(), ...this.keywords(spelling)];
  }

  // The fact or choice whose value stands here: "dossier.channel is …", "… in {a, …", "… = …".
  askedOf(start, spelling) {
    const asking = this.languages[spelling].asking.map((word) => word.replace(/\s+/g, "\\s+")).join("|");
    const found = new RegExp(`(${NAME})\\s*(?:${asking})\\s*(?:\\{(?:[^{}]*,)?\\s*)?$`, "u").exec(start);
    const asked = found && this.names.valued(found[1].replaceAll("`", ""));
    return asked?.values.length ? asked : null;
  }

  values({ values }) {
    return values.map(({ value, label }) => this.option("values", value, label));
  }

  beginnings(context, spelling, start) {
    const rule = this.ruleAbove(context, spelling);
    const lines = (this.languages[spelling].lines[rule] ?? []).map((word) => this.option("lines", word, ""));
    // Within a rule lines are indented; a new rule begins where a line begins.
    if (start && rule) return lines;
    const samples = this.snippets[spelling].map(({ label, template }) => ({
      ...this.option("snippets", template.split(" ")[0], label),
      apply: snippet(template),
    }));
    return [...samples, ...lines];
  }

  // The word that begins the rule in which a line stands.
  ruleAbove({ state, pos }, spelling) {
    const { rule } = this.languages[spelling];
    for (let number = state.doc.lineAt(pos).number - 1; number > 0; number -= 1) {
      const [word] = state.doc.line(number).text.trimStart().split(/\s/);
      if (rule.includes(word)) return word;
    }
    return null;
  }

  named() {
    const facts = [...this.names.facts.values()].map(({ name, title, kind }) => this.about(this.option("names", name, title), kind));
    const rules = [...this.names.rules.values()].map(({ name, title }) => this.about(this.option("rules", name, title), ""));
    return [...facts, ...rules];
  }

  about(option) {
    return { ...option, info: () => this.names.about(option.label) };
  }

  keywords(spelling) {
    const { clause, joining, context } = this.languages[spelling];
    return [...new Set([...joining, ...clause, ...context])].map((word) => this.option("keywords", word, ""));
  }

  // A word is found by how it begins and by what it is called.
  option(section, label, detail) {
    return { label, detail, section: this.sections[section], fit: (typed) => Math.max(fit(label, typed), Math.min(1, fit(detail, typed))) };
  }
}

// Within a text or a comment nothing is offered.
function isApart(before) {
  const bare = before.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return bare.includes('"') || bare.includes("#");
}
