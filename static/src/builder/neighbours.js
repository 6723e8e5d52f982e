// Where an arrow key leads: one place along, over the edge of a page to the next, out of a block, into the one above.
// Headings and notes between the questions are places, too.
const itemsOf = (list) => [...list.children];
const placeOf = ({ page, block }) => (page ? { page } : { block });

export function neighbour(handle, key) {
  const item = handle.closest("[data-path]");
  return item ? ofQuestion(item, key) : ofPage(handle.closest("[data-page-key]"), key);
}

function ofPage(page, key) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  const pages = [...page.parentElement.querySelectorAll("[data-page-key]")];
  const at = pages.indexOf(page) + step;
  return step && at in pages ? { moved_page: page.dataset.pageKey, at } : null;
}

function ofQuestion(item, key) {
  const list = item.parentElement;
  const items = itemsOf(list);
  const at = items.indexOf(item);
  const { path } = item.dataset;
  if (key === "ArrowLeft") return outOf(list, path);
  if (key === "ArrowRight") return into(items[at - 1], path);
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!step) return null;
  if (at + step in items) return { field: path, ...placeOf(list.dataset), at: at + step };
  return list.dataset.page ? overTheEdge(list, path, step) : null;
}

function overTheEdge(list, path, step) {
  const lists = [...document.querySelectorAll("#builder [data-list][data-page]")];
  const next = lists[lists.indexOf(list) + step];
  return next ? { field: path, page: next.dataset.page, at: step < 0 ? itemsOf(next).length : 0 } : null;
}

function outOf(list, path) {
  const block = list.closest("[data-path]");
  if (!block) return null;
  const around = block.parentElement;
  return { field: path, ...placeOf(around.dataset), at: itemsOf(around).indexOf(block) + 1 };
}

function into(above, path) {
  const inside = above?.querySelector("[data-list]");
  return inside ? { field: path, block: inside.dataset.block, at: itemsOf(inside).length } : null;
}
