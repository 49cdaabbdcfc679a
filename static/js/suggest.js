// Suggestions while typing. Without this script the search box is an ordinary form.
(() => {
  const input = document.getElementById("site-search");
  if (!input || !window.fetch) return;
  const list = document.createElement("ul");
  list.id = "site-suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  input.closest("form").append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  })) input.setAttribute(name, value);

  const PAUSE_MS = 120;
  let timer, asked = "", at = -1;

  function option(entry, number) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const detail = document.createElement("small");
    item.id = `site-suggestion-${number}`;
    item.setAttribute("role", "option");
    link.href = entry.url;
    link.tabIndex = -1;
    link.textContent = `${entry.name} `;
    detail.textContent = entry.detail || "";
    link.append(detail);
    item.append(link);
    return item;
  }

  function show(entries) {
    list.replaceChildren(...entries.map(option));
    at = -1;
    list.hidden = !entries.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (!text) return show([]);
    try {
      const response = await fetch(`/tim/goi-y/?q=${encodeURIComponent(text)}`);
      const found = await response.json();
      if (text === asked) show([...found.categories, ...found.places, ...found.listings]);
    } catch {
      show([]); // the form still works
    }
  }

  function mark(step) {
    const places = list.children.length + 1; // the options and the box itself, which is place 0
    at = ((at + 1 + step + places) % places) - 1;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", list.children[at].id);
    else input.removeAttribute("aria-activedescendant");
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE_MS); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(-1); }
    else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); list.children[at].firstChild.click(); }
  });
  document.addEventListener("click", (event) => { if (!list.contains(event.target)) show([]); });
})();
