// The page of a letter: its source, what can be put into it, and beside it how it looks, as one types.
import { autocompletion, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { plain } from "./folding.js";
import { frame } from "./frame.js";
import { Preview } from "./preview.js";
import { go, stretch } from "./text.js";
import { typst } from "./typst.js";

const form = document.getElementById("letter-form");
const place = document.getElementById("editor");
const field = document.getElementById("content");
const { dataset } = place;
const mayWrite = "mayWrite" in dataset;

const offers = [...document.querySelectorAll("[data-insert]")].map((button) => ({
  label: button.textContent.trim(), apply: button.dataset.insert, detail: button.closest("details").querySelector("summary").textContent.trim(),
}));

// "#ten" and "ten" find «Họ, chữ đệm, tên»: by any word, accents or not.
function offered(context) {
  const typed = context.matchBefore(/#?[\p{L}\p{M}\p{N}]*$/u);
  if (!typed || (!context.explicit && !typed.text.startsWith("#"))) return null;
  const words = plain(typed.text.replace("#", "")).split(/\s+/).filter(Boolean);
  const options = offers.filter(({ label, detail }) => words.every((word) => plain(`${detail} ${label}`).includes(word)));
  return options.length ? { from: typed.from, options, filter: false } : null;
}

const view = new EditorView({
  parent: place,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      frame({ nonce: dataset.nonce, label: dataset.label, mayWrite }),
      EditorState.phrases.of(JSON.parse(dataset.phrases)),
      typst,
      autocompletion({ override: [offered], icons: false }),
      EditorView.updateListener.of((update) => { if (update.docChanged) { field.value = update.state.doc.toString(); preview.soon(); } }),
      keymap.of([
        { key: "Mod-s", run: () => { if (mayWrite) form.requestSubmit(); return true; } },
        ...completionKeymap, ...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap,
      ]),
    ],
  }),
});

const preview = new Preview(form, dataset.preview, (wrong) => {
  const at = wrong?.line ? stretch(view.state.doc, { line: Number(wrong.line), column: 1 }, null) : null;
  const end = at ? view.state.doc.lineAt(at.from).to : 0;
  view.dispatch(setDiagnostics(view.state, at ? [{ from: at.from, to: end, severity: "error", message: wrong.said }] : []));
});

document.documentElement.classList.add("has-editor");

function insert(text) {
  const { from, to } = view.state.selection.main;
  view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: "input", scrollIntoView: true });
  view.focus();
}

document.addEventListener("click", (event) => {
  const offer = event.target.closest("[data-insert]");
  if (offer && mayWrite) insert(offer.dataset.insert);
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  go(view, Number(link.dataset.line), 1);
});
