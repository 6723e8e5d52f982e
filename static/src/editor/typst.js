// Colours of Typst. Whether it can be typeset the server says.
import { HighlightStyle, LanguageSupport, StreamLanguage, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const STYLE = HighlightStyle.define([
  { tag: tags.heading, color: "#143c61", fontWeight: "600" },
  { tag: tags.propertyName, color: "#0a5c66" },
  { tag: tags.string, color: "#7a4d00" },
  { tag: tags.keyword, color: "#6b3a8c", fontWeight: "600" },
  { tag: tags.comment, color: "#565b65", fontStyle: "italic" },
]);

function token(stream) {
  if (stream.sol() && stream.match(/^=+ .*/)) return "heading";
  if (stream.match(/^\/\/.*/)) return "comment";
  if (stream.match(/^#?(?:let|set|show|if|else|for|in|return|none|true|false)\b/)) return "keyword";
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
  if (stream.match(/^#?[a-z][\w-]*(?:\.[a-z][\w-]*)+/) || stream.match(/^#[a-z][\w-]*/)) return "propertyName";
  if (!stream.match(/^[\p{L}\p{N}_-]+/u)) stream.next();
  return null;
}

const language = StreamLanguage.define({
  name: "typst",
  token,
  tokenTable: { heading: tags.heading, propertyName: tags.propertyName, string: tags.string, keyword: tags.keyword, comment: tags.comment },
  languageData: { closeBrackets: { brackets: ["[", "{", "(", '"'] }, commentTokens: { line: "//" } },
});

export const typst = [new LanguageSupport(language), syntaxHighlighting(STYLE), indentUnit.of("  ")];
