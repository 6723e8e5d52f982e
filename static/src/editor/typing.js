// How letters come into the text.
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

// Some input methods send a letter and its marks apart. Outside a composition they are put together at once, so
// that what is seen, what is counted and what is saved are the same.
const composed = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || !transaction.isUserEvent("input") || transaction.isUserEvent("input.type.compose")) return transaction;
  const doc = transaction.newDoc;
  const repairs = [];
  transaction.changes.iterChangedRanges((_fromA, _toA, from, to) => {
    const start = Math.max(0, from - 2);
    const text = doc.sliceString(start, to);
    const whole = text.normalize("NFC");
    if (whole !== text) repairs.push({ from: start, to, insert: whole });
  });
  return repairs.length ? [transaction, { changes: repairs, sequential: true }] : transaction;
});

// Letters typed over a selection are put in by us. Chromium would keep the colours of what stood there in a style
// attribute, which means nothing to the editor and which our content policy reports.
const replaced = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || event.isComposing || empty || view.state.readOnly) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
    return true;
  },
});

export const typing = [composed, replaced];
