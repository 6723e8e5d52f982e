// Dragging: where something is dropped is told as the server counts, from 0 among those that stay.
import Sortable from "sortablejs";

const OPTIONS = { handle: "[data-handle]", animation: 120, forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4 };

const placeOf = ({ page, block }) => (page ? { page } : { block });

export function drags(builder, move) {
  for (const list of builder.querySelectorAll("[data-list]")) {
    Sortable.create(list, {
      ...OPTIONS,
      group: "questions",
      // Near its edge a block is passed by, in its middle entered.
      swapThreshold: 0.6,
      emptyInsertThreshold: 24,
      onEnd: ({ item, from, to, oldIndex, newIndex }) => {
        if (from === to && oldIndex === newIndex) return;
        move({ field: item.dataset.path, ...placeOf(to.dataset), at: newIndex });
      },
    });
  }
  const pages = builder.querySelector("[data-pages]");
  if (!pages) return;
  Sortable.create(pages, {
    ...OPTIONS,
    draggable: "[data-page-key]",
    // The handles of questions lie inside pages: only a page's own one moves it.
    handle: "[data-page-key] > .question-row [data-handle]",
    onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
      if (oldDraggableIndex !== newDraggableIndex) move({ moved_page: item.dataset.pageKey, at: newDraggableIndex });
    },
  });
}
