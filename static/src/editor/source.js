// The page of a form's JSON Schema: a text with colours and line numbers, and the place where it cannot be read.
import { closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { frame } from "./frame.js";
import { json } from "./json.js";
import { go, stretch } from "./text.js";

const place = document.getElementById("editor");
const field = document.getElementById("content");
const { dataset } = place;
const mayWrite = "mayWrite" in dataset;

const view = new EditorView({
  parent: place,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      frame({ nonce: dataset.nonce, label: dataset.label, mayWrite }),
      EditorState.phrases.of(JSON.parse(dataset.phrases)),
      json,
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
