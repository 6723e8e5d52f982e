// The page of a form's JSON Schema: a text with colours and line numbers, and the place where it cannot be read.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { json } from "./json.js";
import { go, stretch } from "./text.js";
import { theme } from "./theme.js";

const place = document.getElementById("editor");
const field = document.getElementById("content");
const { dataset } = place;
const mayWrite = "mayWrite" in dataset;

const view = new EditorView({
  parent: place,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      EditorView.cspNonce.of(dataset.nonce),
      EditorState.readOnly.of(!mayWrite),
      EditorView.contentAttributes.of({ "aria-label": dataset.label, "aria-describedby": "content-hint", tabindex: "0", spellcheck: "false", autocapitalize: "none" }),
      lineNumbers(),
      lintGutter(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      matchMedia("(max-width: 40rem)").matches ? EditorView.lineWrapping : [],
      highlightSelectionMatches(),
      search({ top: true }),
      json,
      theme,
      EditorView.updateListener.of((update) => { if (update.docChanged) field.value = update.state.doc.toString(); }),
      keymap.of([...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
    ],
  }),
});

document.documentElement.classList.add("has-editor");

if (dataset.line) {
  const at = { line: Number(dataset.line), column: Number(dataset.column) };
  const { from, to } = stretch(view.state.doc, at, { length: 1 }) ?? { from: 0, to: 0 };
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity: "error", message: dataset.said }]));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  go(view, Number(link.dataset.line), Number(link.dataset.column ?? 1));
});
