// Suggestions while a question is typed: an ARIA combobox with a list box, over /api/v1/suggest.
const PAUSE = 90;

function completeQuestions(form) {
  const box = form?.querySelector("#q");
  if (!box) return;
  const list = document.createElement("ul");
  list.id = "completions";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.completions);
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("aria-live", "polite");
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-haspopup": "listbox",
  })) {
    box.setAttribute(name, value);
  }
  const labels = JSON.parse(form.dataset.labels);
  let rows = [];
  let at = -1;
  let typed = box.value;
  let timer = 0;
  let request = new AbortController();

  const close = () => {
    clearTimeout(timer);
    request.abort();
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const mark = place => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    const option = list.children[at];
    if (!option) {
      box.value = typed;
      box.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
    box.value = rows[at].text;
  };

  const choose = row => {
    close();
    if (row.type === "title") {
      location.assign(`/articles/${row.id.split("/").map(encodeURIComponent).join("/")}`);
    } else if (row.id) {
      location.assign(`/?${new URLSearchParams({ [row.type]: row.id })}`);
    } else {
      box.value = row.text;
      form.requestSubmit();
    }
  };

  const show = completions => {
    rows = completions;
    at = -1;
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren(
      ...rows.map((row, place) => {
        const option = document.createElement("li");
        option.id = `completion-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const text = document.createElement("bdi");
        text.textContent = row.text;
        option.append(text);
        if (labels[row.type]) {
          const kind = document.createElement("span");
          kind.className = "kind";
          kind.textContent = labels[row.type];
          option.append(" ", kind);
        }
        option.addEventListener("mousedown", event => event.preventDefault());
        option.addEventListener("click", () => choose(row));
        return option;
      }),
    );
    list.hidden = !rows.length;
    box.setAttribute("aria-expanded", String(rows.length > 0));
    const count = new Intl.NumberFormat(document.documentElement.lang).format(rows.length);
    status.textContent = rows.length ? form.dataset.count.replace("{count}", count) : "";
  };

  const ask = async () => {
    request.abort();
    request = new AbortController();
    try {
      const address = `/api/v1/suggest?${new URLSearchParams({ q: typed })}`;
      const response = await fetch(address, { signal: request.signal });
      if (response.ok) show((await response.json()).completions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  box.addEventListener("input", () => {
    typed = box.value;
    close();
    if (typed.trim()) timer = setTimeout(ask, PAUSE);
    else show([]);
  });
  box.addEventListener("keydown", event => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (typed.trim()) ask();
        event.preventDefault();
        return;
      }
      event.preventDefault();
      const places = rows.length + 1;
      const by = event.key === "ArrowDown" ? 1 : -1;
      mark(((at + 1 + by + places) % places) - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(rows[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      box.value = typed;
      close();
    }
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

completeQuestions(document.querySelector("form.search"));
