// Photos enlarged in place, and what was looked at lately, which stays in this browser. Without it links do the same.
(() => {
  const words = document.currentScript.dataset;
  const KEY = "seen", MOST = 8;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  document.querySelectorAll(".gallery").forEach((gallery) => {
    const row = gallery.querySelector(".gallery__row"), shown = gallery.querySelector("[data-shown]");
    if (shown) row.addEventListener("scroll", () => {
      shown.textContent = String(Math.round(row.scrollLeft / row.clientWidth) + 1);
    }, { passive: true });
  });

  document.querySelectorAll("a[data-enlarge]").forEach((link) => link.addEventListener("click", (event) => {
    if (!window.HTMLDialogElement || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const close = element("button", { class: "enlarged__close button--quiet", type: "button" }, words.close);
    const picture = element("img", { src: link.href, alt: link.querySelector("img").alt || link.getAttribute("aria-label") });
    const dialog = element("dialog", { class: "enlarged", "aria-label": link.getAttribute("aria-label") }, picture, close);
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    picture.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    dialog.showModal();
  }));

  function seen() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter((one) => one && typeof one.url === "string" && one.url.startsWith("/san-pham/")) : [];
    } catch {
      return []; // nothing kept, or the browser keeps nothing
    }
  }

  function card(one) {
    const photo = one.picture
      ? element("img", { class: "product-card__photo", src: one.picture, alt: "", width: "320", height: "320", loading: "lazy" })
      : element("span", { class: "product-card__photo" });
    const title = element("h3", { class: "product-card__title" }, element("a", { href: one.url }, one.title));
    return element("li", { class: "product-card" }, photo, element("div", { class: "product-card__body" }, title));
  }

  const here = document.querySelector("template[data-seen]")?.dataset;
  const before = seen().filter((one) => one.id !== here?.seen);
  const section = document.querySelector("section[data-recent]");
  if (section && before.length) {
    section.querySelector("ul").append(...before.map(card));
    section.hidden = false;
  }
  if (here) {
    try {
      localStorage.setItem(KEY, JSON.stringify([{ id: here.seen, url: here.url, title: here.title, picture: here.picture }, ...before].slice(0, MOST)));
    } catch {
      // the browser keeps nothing: the row stays away
    }
  }
})();
