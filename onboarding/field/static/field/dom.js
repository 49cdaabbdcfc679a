// Words in the reader's language, and elements made without any HTML in a text.
const WORDS = JSON.parse(document.getElementById("words").textContent);
export const SETTINGS = JSON.parse(document.getElementById("settings").textContent);

export function language() {
  return document.cookie.match(/(?:^|; )django_language=(\w+)/)?.[1] === "en" ? "en" : "vi";
}

export function speak(chosen) {
  document.cookie = `django_language=${chosen}; path=/; max-age=31536000; SameSite=Lax`;
  document.documentElement.lang = chosen;
}

// The sentence for `code`, with its {blanks} filled in.
export function t(code, blanks = {}) {
  const said = WORDS[language()][code] ?? code;
  return said.replace(/\{(\w+)\}/g, (blank, name) => blanks[name] ?? blank);
}

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

let fields = 0;

// A field with its label; `input` is the element, or the properties of an input.
export function field(label, input, help = "") {
  const element = input instanceof Element ? input : h("input", { type: "text", autocomplete: "off", ...input });
  element.id = `field-${(fields += 1)}`;
  const hint = help && h("p", { class: "muted", id: `${element.id}-help` }, help);
  if (hint) element.setAttribute("aria-describedby", hint.id);
  return h("div", { class: "field" }, h("label", { for: element.id }, label), hint || null, element);
}

export const choice = (name, rows, properties = {}) =>
  h("select", { name, ...properties }, rows.map(([value, label, chosen]) => h("option", { value, selected: chosen }, label)));

// A form that answers with its values; what goes wrong is said above its button.
export function form(save, label, ...children) {
  const problem = h("p", { class: "message message--error", role: "alert", hidden: true });
  const button = h("button", { class: "button--wide" }, label);
  return h(
    "form",
    {
      class: "form",
      async onsubmit(event) {
        event.preventDefault();
        button.disabled = true;
        problem.hidden = true;
        try {
          await save(new FormData(event.target), event.target);
        } catch (error) {
          problem.textContent = error.message;
          problem.hidden = false;
          problem.scrollIntoView({ block: "center" });
        } finally {
          button.disabled = false;
        }
      },
    },
    ...children,
    problem,
    h("div", { class: "form__actions" }, button),
  );
}

export const money = (dong) => `${new Intl.NumberFormat("vi").format(dong)} ₫`;
export const day = (instant) => new Date(instant).toLocaleString(language() === "vi" ? "vi-VN" : "en-GB", { dateStyle: "short", timeStyle: "short" });

// Dong as people type them: 25000, 25.000, 25k.
export function dong(typed) {
  const plain = typed.toLowerCase().replace(/[\s₫đ]/g, "");
  const whole = /^\d+k$/.test(plain) ? Number(plain.slice(0, -1)) * 1000 : Number(plain.replace(/[.,](?=\d{3}\b)/g, ""));
  if (!Number.isSafeInteger(whole) || whole < 1) throw new Error(t("bad_price"));
  return whole;
}
