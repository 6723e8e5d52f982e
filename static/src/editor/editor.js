// The page of a draft's rules: joins the text with what the server says of it, and with saving.
import { closeBrackets, closeBracketsKeymap, completionKeymap, acceptCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { about } from "./about.js";
import { completion } from "./completion.js";
import { Judge } from "./judge.js";
import { coloured } from "./language.js";
import { Layout } from "./layout.js";
import { Names } from "./names.js";
import { Panels } from "./panels.js";
import { Proofs } from "./proofs.js";
import { Saving } from "./saving.js";
import { go } from "./text.js";
import { theme } from "./theme.js";
import { typing } from "./typing.js";

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

// On a telephone a line of law is longer than the screen is wide.
const isNarrow = matchMedia("(max-width: 40rem)").matches;

const view = new EditorView({
  parent: at("editor"),
  state: EditorState.create({
    doc: field.value,
    extensions: [
      EditorView.cspNonce.of(data.nonce),
      EditorState.phrases.of(data.words.phrases),
      EditorState.readOnly.of(!data.may_write),
      EditorView.contentAttributes.of({ "aria-label": data.words.editor, "aria-describedby": "content-hint", tabindex: "0", spellcheck: "false", autocapitalize: "none" }),
      typing,
      lineNumbers(),
      lintGutter(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      isNarrow ? EditorView.lineWrapping : [],
      highlightSelectionMatches(),
      search({ top: true }),
      colours.of(coloured(data.languages, names)),
      completion(data, names),
      about(names, at("at-cursor"), data.words),
      theme,
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
