// Colours of the text, by the word lists of the server. What is right or wrong nobody here knows.
import { HighlightStyle, LanguageSupport, StreamLanguage, indentService, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const WORD = /^[\p{L}_][\p{L}\p{M}\p{N}_]*(?:\.[\p{L}\p{M}\p{N}_]+)*/u;
// In this order: what stands first wins.
const FIGURES = [
  [/^\d{4}-\d\d-\d\d(?:\s\d\d:\d\d)?|^\d{1,2}:\d\d/, "day"],
  [/^\d[\d_]*(?:\.\d+)?/, "figure"],
  [/^%|^[A-Z]{3}(?![\p{L}\p{N}_])/u, "unit"],
];
const GROUPS = [["rule", "ruleWord"], ["clause", "clauseWord"], ["joining", "joiningWord"], ["context", "unit"]];

const STYLE = HighlightStyle.define([
  { tag: tags.definitionKeyword, color: "#8f1a1c", fontWeight: "600" },
  { tag: tags.keyword, color: "#1b4f7f", fontWeight: "600" },
  { tag: tags.operatorKeyword, color: "#1b4f7f" },
  { tag: tags.unit, color: "#6b3a8c" },
  { tag: tags.number, color: "#0a5c66" },
  { tag: tags.literal, color: "#0a5c66", fontWeight: "600" },
  { tag: tags.string, color: "#7a4d00" },
  { tag: tags.propertyName, color: "#1d6b3a" },
  { tag: tags.function(tags.variableName), color: "#1d6b3a", fontWeight: "600" },
  { tag: tags.comment, color: "#5c616b" },
]);

const TABLE = {
  ruleWord: tags.definitionKeyword,
  clauseWord: tags.keyword,
  joiningWord: tags.operatorKeyword,
  unit: tags.unit,
  figure: tags.number,
  day: tags.literal,
  text: tags.string,
  fact: tags.propertyName,
  rule: tags.function(tags.variableName),
  note: tags.comment,
};

const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");

// One expression for all words of a group, the longest first: "is not" before "is".
function anyOf(words) {
  const longest = [...words].sort((one, other) => other.length - one.length);
  return new RegExp(`^(?:${longest.map(escaped).join("|")})(?![\\p{L}\\p{M}\\p{N}_.])`, "u");
}

function token(stream, state, spellings, names) {
  if (stream.eatSpace()) return null;
  if (stream.match(/^#.*/)) return "note";
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "text";
  if (stream.match(/^`[^`]*`?/)) return "fact";
  for (const spelling of spellings) {
    if (stream.match(spelling.opening)) {
      state.spelling = spelling;
      return "clauseWord";
    }
  }
  for (const [pattern, kind] of FIGURES) if (stream.match(pattern)) return kind;
  const [word] = stream.match(WORD, false) ?? [];
  if (names.facts.has(word)) return stream.match(WORD) && "fact";
  for (const [group, kind] of GROUPS) if (stream.match(state.spelling[group])) return kind;
  if (word) return stream.match(WORD) && (names.rules.has(word) ? "rule" : null);
  stream.next();
  return null;
}

export function coloured(languages, names) {
  const spellings = Object.values(languages).map((words) => ({
    opening: anyOf([words.opening]),
    ...Object.fromEntries(GROUPS.map(([group]) => [group, anyOf(words[group])])),
  }));
  const language = StreamLanguage.define({
    name: "motcua",
    startState: () => ({ spelling: spellings[0] }),
    copyState: (state) => ({ ...state }),
    token: (stream, state) => token(stream, state, spellings, names),
    tokenTable: TABLE,
    languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
  });
  return [new LanguageSupport(language), syntaxHighlighting(STYLE), indentUnit.of("  "), indented(languages)];
}

// Enter leads into a rule behind its first line, out of it behind a blank one, and else stays in the column.
function indented(languages) {
  const begins = new Set(Object.values(languages).flatMap(({ rule }) => rule));
  return indentService.of((context, place) => {
    const { text } = context.lineAt(place, -1);
    if (!text.trim()) return 0;
    return begins.has(text.split(/\s/)[0]) ? 2 : null;
  });
}
