// The page of a draft's rules: joins the text with what the server says of it, and with saving.
import { closeBracketsKeymap, completionKeymap, acceptCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import { lintKeymap } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { about } from "./about.js";
import { completion } from "./completion.js";
import { frame } from "./frame.js";
import { Judge } from "./judge.js";
import { coloured } from "./language.js";
import { Layout } from "./layout.js";
import { Names } from "./names.js";
import { Panels } from "./panels.js";
import { Proofs } from "./proofs.js";
import { Saving } from "./saving.js";
import { go } from "./text.js";

const at = (id) => document.getElementById(id);
const data = JSON.parse(at("editor-data").dataset.editor);
const form = at("rules-form");
const field = at("content");

const names = new Names(data);
const colours = new Compartment();
const judge = new Judge(data, { learned });
const proofs = new Proofs(judge);
const saving = new Saving(data, form);
const layout = new Layout(data, form);
const panels = new Panels(document.querySelector(".rules-side"), () => view.state.doc.toString());

// New names change colours and what is offered; the words of the file's own spelling name the other one.
function learned({ names: found, language }) {
  layout.spelled(language);
  if (names.learn(found)) view.dispatch({ effects: colours.reconfigure(coloured(data.languages, names)) });
  panels.read();
}

function changed(update) {
  if (!update.docChanged) return;
  field.value = update.state.doc.toString();
  judge.changed(update);
  proofs.changed();
  saving.changed();
}

const view = new EditorView({
  parent: at("editor"),
  state: EditorState.create({
    doc: field.value,
    extensions: [
      frame({ nonce: data.nonce, label: data.words.editor, mayWrite: data.may_write }),
      EditorState.phrases.of(data.words.phrases),
      colours.of(coloured(data.languages, names)),
      completion(data, names),
      about(names, at("at-cursor"), data.words),
      EditorView.updateListener.of(changed),
      keymap.of([
        { key: "Mod-s", preventDefault: true, run: () => { form.requestSubmit(); return true; } },
        // Tab leaves the text, as everywhere, unless something is offered.
        { key: "Tab", run: acceptCompletion },
        ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap,
      ]),
    ],
  }),
});

document.documentElement.classList.add("has-editor");
view.dispatch({});
judge.ask(view);
proofs.of(view);
saving.of(view);
layout.of(view);

// Links to a line lead into the text: from a finding, a card, another page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  go(view, Number(link.dataset.line), Number(link.dataset.column ?? 1));
});
const [, line] = /^#line-(\d+)$/.exec(location.hash) ?? [];
if (line) go(view, Number(line), 1);
