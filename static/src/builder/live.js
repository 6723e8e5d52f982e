// The page as people will get it, in a frame beside the list; it follows the list after each move.
const COLUMNS = ".builder-columns";

export function live(panel) {
  if (!panel) return;
  const select = panel.querySelector("select");
  const frame = panel.querySelector("iframe");

  const load = () => { frame.src = panel.dataset.frame.replace(/-$/, encodeURIComponent(select.value)); };

  function pages() {
    const picked = select.value || sessionStorage.getItem("live-page");
    const found = [...document.querySelectorAll("#builder [data-page-key]")];
    select.replaceChildren(...found.map((page) => new Option(page.querySelector("h2").textContent, page.dataset.pageKey)));
    if (found.some((page) => page.dataset.pageKey === picked)) select.value = picked;
    panel.hidden = !found.length;
    document.querySelector(COLUMNS).classList.toggle("has-live", found.length > 0);
    if (found.length) load();
  }

  function widen(width) {
    document.querySelector(COLUMNS).classList.toggle("has-wide-live", width === "desk");
    for (const button of panel.querySelectorAll("button[data-width]")) {
      button.setAttribute("aria-pressed", String(button.dataset.width === width));
    }
    sessionStorage.setItem("live-width", width);
  }

  select.addEventListener("change", () => { sessionStorage.setItem("live-page", select.value); load(); });
  panel.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-width]");
    if (button) widen(button.dataset.width);
  });
  document.addEventListener("form-changed", pages);
  widen(sessionStorage.getItem("live-width") ?? "phone");
  pages();
}
