// Colours of JSON. Whether it can be read the server says.
import { HighlightStyle, LanguageSupport, StreamLanguage, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const STYLE = HighlightStyle.define([
  { tag: tags.propertyName, color: "#1b4f7f", fontWeight: "600" },
  { tag: tags.string, color: "#7a4d00" },
  { tag: tags.number, color: "#0a5c66" },
  { tag: tags.bool, color: "#6b3a8c", fontWeight: "600" },
]);

function token(stream) {
  if (stream.eatSpace()) return null;
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return stream.match(/^\s*:/, false) ? "propertyName" : "string";
  if (stream.match(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return "number";
  if (stream.match(/^(?:true|false|null)\b/)) return "bool";
  stream.next();
  return null;
}

const language = StreamLanguage.define({
  name: "json",
  token,
  tokenTable: { propertyName: tags.propertyName, string: tags.string, number: tags.number, bool: tags.bool },
  languageData: { closeBrackets: { brackets: ["[", "{", '"'] } },
});

export const json = [new LanguageSupport(language), syntaxHighlighting(STYLE), indentUnit.of("  ")];
