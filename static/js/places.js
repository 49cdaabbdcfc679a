// Suggestions for the field of a commune while one types. Without this script the form asks which one is meant.
(() => {
  const words = document.currentScript.dataset;
  const PAUSE_MS = 150;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function attach(input) {
    const name = `${input.id}-places`;
    const list = element("ul", { id: name, class: "suggestions suggestions--places", role: "listbox", "aria-label": input.labels[0].textContent });
    const status = element("p", { class: "visually-hidden", role: "status" });
    let timer, asked = "", options = [], at = -1;
    list.hidden = true;
    input.after(list, status);
    input.parentElement.classList.add("field--suggesting");
    for (const [key, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": name, "aria-autocomplete": "list",
    })) input.setAttribute(key, value);

    function show(open) {
      mark(-1);
      list.hidden = !open || !options.length || document.activeElement !== input;
      input.setAttribute("aria-expanded", String(!list.hidden));
    }

    function mark(number) {
      at = number;
      options.forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }

    function take(item) {
      input.value = asked = item.dataset.name;
      show(false);
    }

    function option(place, number) {
      const item = element("li", { id: `${name}-${number}`, role: "option", "aria-selected": "false", "data-name": place.name }, place.name);
      if (place.detail) item.append(" ", element("small", {}, words.former.replace("{name}", place.detail)));
      item.addEventListener("click", () => take(item));
      return item;
    }

    async function ask() {
      const text = input.value.trim();
      if (text === asked || text.length < 2) return show(text.length > 1);
      asked = text;
      let found = { places: [] };
      try {
        found = await (await fetch(`/noi-giao/goi-y/?q=${encodeURIComponent(text)}`)).json();
      } catch {
        asked = ""; // the form still works, and the next letter asks again
      }
      if (text !== input.value.trim()) return;
      options = found.places.map(option);
      list.replaceChildren(...options);
      show(true);
      const count = options.length;
      status.textContent = count === 1 ? words.one : count ? words.many.replace("{count}", count) : words.none;
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE_MS); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const places = options.length + 1; // the options and the field itself, which is place 0
      if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(((at + 1 + (event.key === "ArrowDown" ? 1 : -1) + places) % places) - 1);
      else if (event.key === "Enter" && at >= 0) take(options[at]);
      else if (event.key === "Escape") show(false);
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    input.addEventListener("blur", () => show(false));
  }

  if (window.fetch) document.querySelectorAll("input[type=text][name$=commune]").forEach(attach);
})();
