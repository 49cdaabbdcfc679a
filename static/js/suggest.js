// Suggestions while typing, in every search box of the page. Without this script a box is an ordinary form.
(() => {
  const words = document.currentScript.dataset;
  const GROUPS = ["listings", "categories", "places"];
  const PAUSE_MS = 120;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function attach(input) {
    const name = `${input.id}-suggestions`;
    const list = element("div", { id: name, class: "suggestions", role: "listbox", "aria-label": input.labels[0].textContent });
    const status = element("p", { class: "visually-hidden", role: "status" });
    let timer, asked = "", options = [], at = -1;
    list.hidden = true;
    input.closest("form").append(list, status);
    for (const [key, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": name, "aria-autocomplete": "list",
    })) input.setAttribute(key, value);

    function option(entry) {
      const link = element("a", { href: entry.url, tabindex: "-1" }, `${entry.name} `);
      if (entry.detail) link.append(element("small", {}, entry.detail), " ");
      if (entry.count) link.append(element("span", { class: "facet__count" }, String(entry.count)));
      options.push(element("li", { id: `${name}-${options.length}`, role: "option", "aria-selected": "false" }, link));
      return options.at(-1);
    }

    function group(kind, entries) {
      const heading = element("li", { id: `${name}-${kind}`, class: "suggestions__heading", role: "presentation" }, words[kind]);
      return element("ul", { role: "group", "aria-labelledby": heading.id }, heading, ...entries.map(option));
    }

    function fill(found) {
      options = [];
      list.replaceChildren(...GROUPS.filter((kind) => found[kind]?.length).map((kind) => group(kind, found[kind])));
      open();
      const count = options.length;
      status.textContent = count === 1 ? words.one : count ? words.many.replace("{count}", count) : words.none;
    }

    function open() {
      mark(-1);
      list.hidden = !options.length || document.activeElement !== input;
      input.setAttribute("aria-expanded", String(!list.hidden));
    }

    function close() {
      clearTimeout(timer);
      mark(-1);
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
    }

    async function ask() {
      const text = input.value.trim();
      if (text === asked) return open();
      asked = text;
      let found = {};
      try {
        if (text) found = await (await fetch(`/tim/goi-y/?q=${encodeURIComponent(text)}`)).json();
      } catch {
        asked = ""; // the form still works, and the next letter asks again
      }
      if (text !== input.value.trim()) return;
      if (text) return fill(found);
      options = [];
      status.textContent = "";
      close();
    }

    function mark(number) {
      at = number;
      options.forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }

    function step(by) {
      const places = options.length + 1; // the options and the box itself, which is place 0
      mark(((at + 1 + by + places) % places) - 1);
    }

    const keys = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Escape: close,
      Enter: () => options[at].querySelector("a").click(),
    };

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE_MS); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // Enter and arrows belong to the Vietnamese keyboard now
      if (list.hidden) {
        if (event.key !== "ArrowDown" || !input.value.trim()) return;
        event.preventDefault();
        return void ask();
      }
      if (!(event.key in keys) || (event.key === "Enter" && at < 0)) return;
      event.preventDefault(); // Escape would also empty the box
      keys[event.key]();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    input.addEventListener("blur", close);
  }

  if (window.fetch) document.querySelectorAll(".search-box input[type=search]").forEach(attach);
})();
