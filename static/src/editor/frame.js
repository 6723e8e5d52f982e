// What every text of a draft is edited in: lines, brackets, history, search, and how letters come in.
import { closeBrackets } from "@codemirror/autocomplete";
import { history } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, search } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, lineNumbers } from "@codemirror/view";
import { theme } from "./theme.js";
import { typing } from "./typing.js";

// On a telephone a line of law is longer than the screen is wide.
const isNarrow = matchMedia("(max-width: 40rem)").matches;

// nonce: what the content policy asks of the editor's own styles; label: what the text is called to those who hear it
export const frame = ({ nonce, label, mayWrite }) => [
  EditorView.cspNonce.of(nonce),
  EditorState.readOnly.of(!mayWrite),
  EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "content-hint", tabindex: "0", spellcheck: "false", autocapitalize: "none" }),
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
  theme,
];
