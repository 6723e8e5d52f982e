// Places in the text. The server counts characters of composed letters from 1; the editor counts UTF-16 units from 0.
import { EditorView } from "@codemirror/view";

const length = (text) => [...text.normalize("NFC")].length;

// The offset behind the first `count` characters of a line, however its letters are made up.
function after(line, count) {
  let offset = 0;
  for (const letter of line) {
    if (length(line.slice(0, offset)) >= count) break;
    offset += letter.length;
  }
  return offset;
}

// The stretch of the document that a finding is about; null when the text has no such line any more.
export function stretch(doc, { line, column }, mark) {
  if (!line || line > doc.lines) return null;
  const { from, text } = doc.line(line);
  const start = after(text, (column ?? 1) - 1);
  const end = after(text, (column ?? 1) - 1 + (mark?.length ?? 0));
  return { from: from + start, to: from + end };
}

export function go(view, line, column) {
  const place = stretch(view.state.doc, { line: Math.min(line, view.state.doc.lines), column }, null);
  view.dispatch({ selection: { anchor: place.from }, effects: EditorView.scrollIntoView(place.from, { y: "center" }) });
  view.focus();
}

// One undoable change from the text that stands there to another, leaving alone what both begin and end with; the
// cursor stays in its line.
export function becomes(view, text, userEvent) {
  const old = view.state.doc.toString();
  let start = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, text.length) - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
  if (start === old.length && start === text.length) return;
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  view.dispatch({ changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) }, userEvent });
  const kept = view.state.doc.line(Math.min(line.number, view.state.doc.lines));
  view.dispatch({ selection: { anchor: kept.from }, scrollIntoView: true });
}
