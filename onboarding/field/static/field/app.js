// Where everything meets: the door with the PIN, the address of each screen, and sending when there is signal.
import { SETTINGS, field, form, h, language, speak, t } from "./dom.js";
import * as screens from "./screens.js";
import { NoSignal, Refused, enrol, open as openAtServer, renew } from "./server.js";
import * as store from "./store.js";
import { outbox, synchronise } from "./sync.js";
import { look } from "./view.js";

const main = document.querySelector("main");
const status = document.getElementById("status");
const EVERY = 60000;
const SOON = 3000;
const IDLE = 10 * 60000;
let underway = false;
let askedAgain = false;
let touchedAt = Date.now();
let shownAt = null;

const say = (code, blanks) => { status.textContent = t(code, blanks); };
const show = (...elements) => main.replaceChildren(...elements.flat().filter(Boolean));

const ROUTES = {
  "": (seen) => screens.home(seen, { synchronise: send }),
  "ho-moi": (seen) => screens.newHousehold(seen),
  ho: screens.household,
  "danh-tinh": screens.identity,
  "dong-y": screens.consent,
  "uy-quyen": screens.mandate,
  "tin-moi": screens.newListing,
  tin: screens.listing,
  don: screens.orders,
  viec: screens.outboxScreen,
  sua: (seen, key) => {
    const row = seen.rows.find((one) => one.act.key === key);
    return screens.newHousehold(seen, { ...row.act, row });
  },
};

const isTyping = () => main.querySelector("form") || main.querySelector("input[type=search]")?.value;

// `gently`: only where nobody has begun to type. What was asked for before the address changed is not shown any more.
async function render({ gently = false } = {}) {
  const where = location.hash;
  const [, name = "", ...rest] = where.slice(1).split("/");
  const screen = ROUTES[name] ?? ROUTES[""];
  const seen = await look();
  if (location.hash !== where || (gently && (shownAt !== where || isTyping()))) return;
  shownAt = where;
  show(screen(seen, decodeURIComponent(rest.join("/"))));
  if (gently) return;
  main.querySelector("h1")?.setAttribute("tabindex", "-1");
  main.querySelector("h1")?.focus();
  window.scrollTo(0, 0);
}

function pinField(label, name, fresh = false) {
  return field(label, { name, type: "password", inputmode: "numeric", pattern: "[0-9]{6}", maxlength: 6, required: true, autocomplete: fresh ? "new-password" : "current-password" });
}

function setUpScreen() {
  const save = async (typed) => {
    if (typed.get("pin") !== typed.get("again")) throw new Error(t("pins_differ"));
    if (/^(\d)\1{5}$|^123456$|^654321$/.test(typed.get("pin"))) throw new Error(t("pin_too_easy"));
    try {
      await store.setUp(typed.get("pin"), (proof) => enrol(navigator.userAgentData?.platform || navigator.platform || "Android", proof));
    } catch (error) {
      if (error.code === "sign_in_again") return show(signInScreen());
      throw error instanceof NoSignal ? new Error(t("no_signal")) : error;
    }
    await navigator.storage?.persist?.();
    location.hash = "";
    await send();
    return render();
  };
  return [h("h1", {}, t("app_name")), h("p", { class: "lede" }, t("set_up_lede")), form(save, t("set_up"), pinField(t("new_pin"), "pin", true), pinField(t("pin_again"), "again", true)), h("p", { class: "muted" }, t("pin_help"))];
}

function signInScreen() {
  return [h("h1", {}, t("app_name")), h("p", {}, t("sign_in_first")), h("a", { class: "button button--wide", href: SETTINGS.sign_in }, t("sign_in"))];
}

const sentenceOf = (error) => {
  if (error instanceof store.Closed) return t(`closed_${error.why}`, error);
  if (error instanceof NoSignal) return t("closed_needs_signal");
  return error.message;
};

function openScreen() {
  const save = async (typed) => {
    try {
      await store.open(typed.get("pin"), openAtServer);
    } catch (error) {
      if (error.why === "wiped") return show(setUpScreen());
      throw new Error(sentenceOf(error));
    }
    touchedAt = Date.now();
    await render();
    send();
    return null;
  };
  const element = [h("h1", {}, t("app_name")), form(save, t("open"), pinField(t("pin"), "pin"))];
  return element;
}

// One round with the server. What is refused as a whole closes the phone, or says what to do.
async function send() {
  askedAgain = underway;
  if (underway || !store.isOpen()) return;
  underway = true;
  try {
    say("sending");
    await synchronise((share) => say("sending_photo", { percent: Math.round(share * 100) }));
    const waiting = (await outbox()).filter((row) => row.state === "waiting").length;
    say(waiting ? "still_waiting" : "all_sent", { count: waiting });
    await render({ gently: true });
  } catch (error) {
    if (askedAgain) setTimeout(send, SOON);
    askedAgain = false;
    await sayTrouble(error);
  } finally {
    underway = false;
  }
  if (askedAgain) await send(); // something was written while the round was under way
}

async function sayTrouble(error) {
  if (error instanceof NoSignal) return say("offline");
  if (!(error instanceof Refused)) {
    if (error instanceof store.Closed) return show(openScreen());
    throw error;
  }
  status.textContent = error.message;
  if (["device_locked", "no_team", "suspended"].includes(error.code)) {
    await store.dropGrant();
    show(openScreen(), h("p", { class: "message message--error", role: "alert" }, error.message));
  }
  if (error.code === "sign_in_again") await signInAgain();
  if (error.code === "app_too_old") (await navigator.serviceWorker.getRegistration())?.update();
  return null;
}

async function signInAgain() {
  try {
    await renew((await store.phone()).device);
  } catch (error) {
    if (error instanceof Refused) show(signInScreen());
  }
}

function languageSwitch() {
  const other = language() === "vi" ? "en" : "vi";
  return h("button", { class: "button--small button--quiet", lang: other, async onclick() { speak(other); await begin(); } }, t("other_language"));
}

async function begin() {
  document.documentElement.lang = language();
  document.title = t("app_name");
  document.getElementById("switch").replaceChildren(languageSwitch());
  if (store.isOpen()) return render();
  return show((await store.phone()) ? openScreen() : setUpScreen());
}

window.addEventListener("hashchange", () => {
  if (store.isOpen()) render().then(send);
});
window.addEventListener("online", send);
window.addEventListener("offline", () => say("offline"));
document.addEventListener("pointerdown", () => { touchedAt = Date.now(); });
setInterval(() => {
  if (!store.isOpen()) return;
  if (Date.now() - touchedAt > IDLE) {
    store.close();
    show(openScreen());
  } else {
    send();
  }
}, EVERY);
if ("serviceWorker" in navigator) navigator.serviceWorker.register(SETTINGS.worker, { scope: SETTINGS.scope });
begin();
