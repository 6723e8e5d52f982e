// What a name is: under the mouse, at the cursor with F2, and always in the line below the text.
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip } from "@codemirror/view";

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_.]*/gu;
const asked = StateEffect.define();

// The name at a place, dots included; null between names.
export function nameAt(state, place) {
  const line = state.doc.lineAt(place);
  for (const found of line.text.matchAll(NAME)) {
    const from = line.from + found.index;
    const name = found[0].replace(/\.+$/, "");
    if (from <= place && place <= from + name.length) return { name, from, to: from + name.length };
  }
  return null;
}

function tooltip(names, found) {
  const dom = found && names.about(found.name);
  return dom ? { pos: found.from, end: found.to, above: true, create: () => ({ dom: names.about(found.name) }) } : null;
}

export function about(names, line, words) {
  const opened = StateField.define({
    create: () => null,
    update(shown, transaction) {
      for (const effect of transaction.effects) if (effect.is(asked)) return effect.value;
      return transaction.docChanged || transaction.selection ? null : shown;
    },
    provide: (field) => showTooltip.from(field),
  });
  const open = (view) => {
    const shown = tooltip(names, nameAt(view.state, view.state.selection.main.head));
    view.dispatch({ effects: asked.of(shown) });
    return Boolean(shown);
  };
  const close = (view) => {
    if (!view.state.field(opened)) return false;
    view.dispatch({ effects: asked.of(null) });
    return true;
  };
  const below = EditorView.updateListener.of(({ state, selectionSet, docChanged, focusChanged }) => {
    if (selectionSet || docChanged || focusChanged || !line.textContent) line.textContent = place(state, names, words);
  });
  return [opened, below, hoverTooltip((view, pos) => tooltip(names, nameAt(view.state, pos))), keymap.of([{ key: "F2", run: open }, { key: "Escape", run: close }])];
}

function place(state, names, words) {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const where = `${words.line} ${line.number}, ${words.column} ${head - line.from + 1}`;
  const found = nameAt(state, head);
  const said = found && names.line(found.name);
  return said ? `${where} · ${said}` : where;
}
