// Keyboard shortcuts. The map of keys is the help sheet itself: every <kbd data-key> that names an action.
const TYPING = "input, textarea, select, [contenteditable]";

function listenForKeys(sheet) {
  const actions = {
    search: () => {
      const box = document.querySelector("#q");
      box.focus();
      box.select();
    },
    next: () => step(1),
    previous: () => step(-1),
    help: () => sheet.showModal(),
  };
  const keys = new Map();
  for (const { dataset } of sheet.querySelectorAll("[data-key]")) {
    if (!dataset.action) continue;
    for (const key of [dataset.key, ...dataset.others]) keys.set(key, dataset.action);
  }
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (sheet.open || event.target.closest(TYPING)) return;
    const action = actions[keys.get(event.key)];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

// An article's marked words take a step before anything else does. Among results the focus goes from title to
// title, so that Enter opens one by itself.
function step(by) {
  if (!document.dispatchEvent(new CustomEvent("step", { detail: by, cancelable: true }))) return;
  const titles = [...document.querySelectorAll(".hits .hit h2 a, .latest h3 a, .mentions h3 a")];
  const at = titles.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : titles.length - 1) : at + by;
  titles[next]?.focus();
  titles[next]?.closest("li").scrollIntoView({ block: "nearest" });
}

listenForKeys(document.querySelector("#keys"));
