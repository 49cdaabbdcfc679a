// The screens: each takes what the phone knows and answers with elements.
import { newKey } from "./crypto.js";
import { SETTINGS, choice, day, dong, field, form, h, language, money, t } from "./dom.js";
import { keepPhoto } from "./photos.js";
import { settle, write, writeAgain } from "./sync.js";

const go = (where) => { location.hash = where; };
const link = (where, label, classes = "") => h("a", { href: `#${where}`, class: classes }, label);
const badge = (label, kind) => h("li", { class: `badge badge--${kind}` }, label);
const back = (where = "/") => h("p", {}, link(where, t("back")));
const MEASURE = ["sale_unit", "pieces", "net_weight_g", "pack_weight_g"];

export function home(seen, { synchronise }) {
  const count = (state) => seen.rows.filter((row) => row.state === state).length;
  const list = h("ul", { class: "row-list" });
  const show = (words) => list.replaceChildren(...found(seen, words).map((row) => householdRow(row)));
  show("");
  return [
    h("h1", {}, t("app_name")),
    h("p", { class: "cluster" }, link("/viec", t("outbox_count", { waiting: count("waiting"), refused: count("refused") + count("conflict") }))),
    link("/ho-moi", t("new_household"), "button button--wide"),
    seen.orders.length ? link("/don", t("orders_count", { count: seen.orders.length }), "button button--quiet button--wide") : null,
    h("button", { class: "button--quiet button--wide", onclick: synchronise }, t("send_now")),
    h("h2", {}, t("households")),
    field(t("find"), { type: "search", oninput: (event) => show(event.target.value) }),
    list,
  ];
}

const plain = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

function found(seen, words) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const says = (row) => plain(`${row.name} ${row.head} ${row.village} ${row.code}`);
  const rows = wanted.length ? seen.households.filter((row) => wanted.every((word) => says(row).includes(word))) : seen.households;
  const urgency = (row) => (row.here === "waiting" ? 2 : 0) + (row.to_do.length ? 1 : 0);
  return [...rows].sort((one, other) => urgency(other) - urgency(one)).slice(0, 50);
}

function householdRow(row) {
  const badges = [
    row.here && badge(t(`state_${row.here}`), row.here === "refused" ? "bad" : "waiting"),
    row.mandate && badge(t("mandate"), "certified"),
    ...row.to_do.map((reason) => badge(t(reason), "waiting")),
  ];
  return h("li", {},
    h("div", {}, link(`/ho/${row.code}`, row.name), h("p", { class: "muted" }, h("small", {}, `${row.head} · ${row.village}`))),
    h("ul", { class: "badges" }, badges.filter(Boolean)));
}

export function newHousehold(seen, given = {}) {
  const villages = h("datalist", { id: "villages" }, seen.villages.map((name) => h("option", { value: name })));
  const team = given.team ?? seen.teams[0]?.number;
  const save = async (typed) => {
    const said = Object.fromEntries(["phone", "head_name", "village_name", "storefront_name"].map((name) => [name, typed.get(name).trim()]));
    const household = given.household ?? newKey();
    if (given.row) await writeAgain(given.row, said);
    else await write("open_case", { household, team: Number(typed.get("team") ?? team), ...said });
    go(`/ho/${household}`);
  };
  return [
    back(),
    h("h1", {}, t("new_household")),
    form(save, t("save"),
      seen.teams.length > 1 ? field(t("team"), choice("team", seen.teams.map((row) => [row.number, row.name]))) : null,
      field(t("phone"), { name: "phone", type: "tel", required: true, value: given.phone ?? "", inputmode: "tel" }),
      field(t("head_name"), { name: "head_name", required: true, maxlength: 120, value: given.head_name ?? "" }),
      field(t("village"), { name: "village_name", required: true, maxlength: 80, list: "villages", value: given.village_name ?? seen.teams[0]?.village ?? "" }),
      field(t("storefront_name"), { name: "storefront_name", maxlength: 120, value: given.storefront_name ?? "" }, t("may_be_empty")),
      villages),
  ];
}

export function household(seen, ref) {
  const row = seen.household(ref);
  if (!row) return [back(), h("p", {}, t("gone"))];
  const listings = seen.listings.filter((listing) => [row.code, row.key].includes(listing.household));
  return [
    back(),
    h("h1", {}, row.name),
    h("dl", { class: "facts" },
      ...[["head_name", row.head], ["phone", row.phone], ["village", row.village], ["consent", t(`consent_${row.consent}`)],
        ["mandate", row.mandate ? t("until", { date: day(row.mandate.until) }) : t(row.paper ? "paper_waits" : "none")]]
        .flatMap(([name, value]) => [h("dt", {}, t(name)), h("dd", {}, value)])),
    row.case ? h("nav", { class: "stack--tight" },
      ...[["identity", "danh-tinh"], ["consent", "dong-y"], ["mandate", "uy-quyen"]]
        .filter(([step]) => row.case.steps[step] !== "done")
        .map(([step, where]) => link(`/${where}/${row.code}`, t(`do_${step}`), "button button--quiet button--wide"))) : null,
    h("h2", {}, t("listings")),
    h("ul", { class: "row-list" }, listings.map((listing) => h("li", {},
      h("div", {}, link(`/tin/${listing.key}`, listing.fields.title), h("p", { class: "muted" }, `${money(listing.price)} · ${t("in_stock", { count: listing.stock })}`)),
      h("ul", { class: "badges" }, listing.here ? badge(t(`state_${listing.here}`), listing.here === "refused" ? "bad" : "waiting") : badge(t(`status_${listing.status}`), "season"))))),
    link(`/tin-moi/${row.code}`, t("new_listing"), "button button--wide"),
  ];
}

export function identity(seen, ref) {
  const row = seen.household(ref);
  const save = async (typed) => {
    const wanted = { head_name: typed.get("head_name").trim(), village_name: typed.get("village_name").trim() };
    const stood = { head_name: row.head, village_name: row.village };
    const changed = Object.keys(wanted).filter((name) => wanted[name] !== stood[name]);
    const pick = (from) => Object.fromEntries(changed.map((name) => [name, from[name]]));
    await write("record_identity", { household: ref, known_by: typed.get("known_by").trim(), changes: pick(wanted), seen: pick(stood), based_on: row.version ?? null });
    go(`/ho/${ref}`);
  };
  return [back(`/ho/${ref}`), h("h1", {}, t("do_identity")), form(save, t("save"),
    field(t("head_name"), { name: "head_name", required: true, value: row.head }),
    field(t("village"), { name: "village_name", required: true, value: row.village }),
    field(t("known_by"), { name: "known_by", required: true, maxlength: 300 }, t("known_by_help")))];
}

const photoField = (label, many = false) => field(label, { type: "file", name: "photo", accept: "image/*", required: !many, multiple: many });

async function kept(file) {
  try {
    return await keepPhoto(file, SETTINGS);
  } catch {
    throw new Error(t("bad_photo"));
  }
}

export function consent(seen, ref) {
  const words = seen.consent[language()] ?? seen.consent.vi;
  const read = () => {
    speechSynthesis.cancel();
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(words.body), { lang: language() === "vi" ? "vi-VN" : "en-GB" }));
  };
  const save = async (typed) => {
    const { sha256 } = await kept(typed.get("photo"));
    await write("consent_on_paper", { household: ref, text: words.text, photo: sha256 });
    go(`/ho/${ref}`);
  };
  return [back(`/ho/${ref}`), h("h1", {}, t("do_consent")), h("button", { class: "button--quiet", onclick: read }, t("read_out")),
    h("div", { class: "card prose" }, words.body.split(/\n\s*\n/).map((part) => h("p", {}, part))),
    form(save, t("save"), photoField(t("photo_of_paper")))];
}

export function mandate(seen, ref) {
  const scopes = ["storefront", "listing", "orders"];
  const save = async (typed) => {
    const { sha256 } = await kept(typed.get("photo"));
    const before = seen.rows.filter((row) => row.state === "waiting" && row.act.kind === "consent_on_paper" && row.act.household === ref);
    await write("mandate_on_paper", { household: ref, scopes: typed.getAll("scope"), days: Number(typed.get("days")), photo: sha256, after: before.map((row) => row.act.key) });
    go(`/ho/${ref}`);
  };
  return [back(`/ho/${ref}`), h("h1", {}, t("do_mandate")), form(save, t("save"),
    h("fieldset", { class: "group" }, h("legend", {}, t("team_may")), scopes.map((scope) => h("label", { class: "field" }, h("input", { type: "checkbox", name: "scope", value: scope, checked: true }), ` ${t(`scope_${scope}`)}`))),
    field(t("for_how_long"), choice("days", [[90, t("days", { count: 90 })], [365, t("days", { count: 365 }), true], [730, t("days", { count: 730 })]])),
    photoField(t("photo_of_paper")))];
}

const categories = (seen, chosen) => [["", t("choose")], ...seen.categories.map(([key, depth, name]) => [key, `${"– ".repeat(depth - 1)}${name}`, key === chosen])];
const units = (chosen) => SETTINGS.units.map(([value, label]) => [value, label[language()], value === chosen]);
const whole = (typed) => (typed ? Number(typed) : null);

function wordsOf(typed) {
  const said = { title: typed.get("title").trim(), category_id: Number(typed.get("category_id")), sale_unit: typed.get("sale_unit"), description: typed.get("description").trim() };
  return { ...said, net_weight_g: said.sale_unit === "kg" ? 1000 : whole(typed.get("net_weight_g")) };
}

const wordFields = (seen, fields) => [
  field(t("title"), { name: "title", required: true, minlength: 3, maxlength: 120, value: fields.title ?? "" }),
  field(t("category"), choice("category_id", categories(seen, fields.category_id), { required: true })),
  field(t("sale_unit"), choice("sale_unit", units(fields.sale_unit ?? "kg"))),
  field(t("net_weight"), { name: "net_weight_g", type: "number", min: 1, inputmode: "numeric", value: fields.net_weight_g ?? "" }, t("net_weight_help")),
  field(t("description"), h("textarea", { name: "description", rows: 4, maxlength: 4000 }, fields.description ?? "")),
];

async function addPhotos(files, listing, after) {
  for (const file of files.filter((one) => one.size)) {
    const { sha256 } = await kept(file);
    after = [(await write("add_photo", { listing, photo: sha256, after })).key];
  }
}

export function newListing(seen, ref) {
  const key = newKey();
  const save = async (typed) => {
    const act = await write("draft_listing", { household: ref, listing: key, price: dong(typed.get("price")), stock: Number(typed.get("stock")), fields: wordsOf(typed) });
    await addPhotos(typed.getAll("photo"), key, [act.key]);
    go(`/tin/${key}`);
  };
  return [back(`/ho/${ref}`), h("h1", {}, t("new_listing")), form(save, t("save"),
    ...wordFields(seen, {}),
    field(t("price"), { name: "price", required: true, inputmode: "numeric" }, t("price_help")),
    field(t("stock"), { name: "stock", type: "number", min: 0, required: true, inputmode: "numeric" }),
    photoField(t("photos"), true))];
}

export function listing(seen, key) {
  const row = seen.listing(key);
  if (!row) return [back(), h("p", {}, t("gone"))];
  const after = seen.lastOf(key);
  const again = async () => window.dispatchEvent(new Event("hashchange"));
  const price = async (typed) => {
    await write("set_price", { listing: key, price: dong(typed.get("price")), seen: row.price, based_on: row.version, after });
    await again();
  };
  const stock = async (typed) => {
    await write("adjust_stock", { listing: key, difference: Number(typed.get("difference")), based_on: row.version, after });
    await again();
  };
  const photo = async (typed) => {
    await addPhotos(typed.getAll("photo"), key, after);
    await again();
  };
  return [
    back(`/ho/${row.household}`),
    h("h1", {}, row.fields.title),
    h("p", { class: "price" }, money(row.price)),
    h("p", {}, t("in_stock", { count: row.stock }), " · ", t("photos_count", { count: row.photos })),
    row.here ? h("p", { class: "message message--warning" }, t(`state_${row.here}`)) : null,
    row.note ? h("p", { class: "message" }, row.note) : null,
    h("details", {}, h("summary", {}, t("price")), form(price, t("save"), field(t("price"), { name: "price", required: true, inputmode: "numeric", value: row.price }, t("price_help")))),
    h("details", {}, h("summary", {}, t("stock")), form(stock, t("save"), field(t("difference"), { name: "difference", type: "number", required: true, inputmode: "numeric" }, t("difference_help")))),
    h("details", {}, h("summary", {}, t("photos")), form(photo, t("save"), photoField(t("photos"), true))),
    h("details", {}, h("summary", {}, t("words")), form((typed) => edit(row, typed, after).then(again), t("save"), ...wordFields(seen, row.fields))),
    row.status === "draft" ? h("button", { class: "button--wide", async onclick() { await write("submit_listing", { listing: key, after }); await again(); } }, t("submit_listing")) : null,
  ];
}

async function edit(row, typed, after) {
  const wanted = wordsOf(typed);
  const changed = Object.keys(wanted).filter((name) => wanted[name] !== (row.fields[name] ?? null));
  if (!changed.length) return;
  const looked = changed.some((name) => MEASURE.includes(name)) ? [...new Set([...changed, ...MEASURE])] : changed;
  const pick = (names, from) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  await write("edit_listing", { listing: row.key, fields: pick(changed, wanted), seen: pick(looked, row.fields), based_on: row.version, after });
}

export function orders(seen) {
  const answer = (order, accept) => async (typed) => {
    await write("answer_order", { order: order.number, accept, reason: typed?.get("reason").trim() ?? "", seen: order.state });
    window.dispatchEvent(new Event("hashchange"));
  };
  return [back(), h("h1", {}, t("orders")), ...seen.orders.map((order) => h("article", { class: "card stack" },
    h("h2", {}, `${seen.household(order.household)?.name ?? order.household}`),
    h("p", { class: "muted" }, `${order.number} · ${day(order.placed_at)} · ${order.buyer}, ${order.place}`),
    h("ul", {}, order.lines.map(([title, quantity]) => h("li", {}, `${quantity} × ${title}`))),
    h("p", { class: "price" }, money(order.total)),
    h("button", { class: "button--wide", onclick: () => answer(order, true)() }, t("accept")),
    h("details", {}, h("summary", {}, t("decline")), form(answer(order, false), t("decline"), field(t("reason"), { name: "reason", required: true, maxlength: 500 })))))];
}

const toldOf = (seen, act) => {
  const about = act.listing ? seen.listing(act.listing)?.fields.title : act.household ? seen.household(act.household)?.name : act.order;
  return `${t(`act_${act.kind}`)}: ${about ?? act.head_name ?? act.fields?.title ?? ""}`;
};

export function outboxScreen(seen) {
  const order = { conflict: 0, refused: 1, waiting: 2, arrived: 3 };
  const rows = seen.rows.filter((row) => row.state in order).sort((one, other) => order[one.state] - order[other.state] || (one.act.key < other.act.key ? 1 : -1));
  return [back(), h("h1", {}, t("outbox")), h("ul", { class: "row-list outbox" }, rows.map((row) => h("li", { "data-state": row.state },
    h("div", {},
      h("strong", {}, toldOf(seen, row.act)),
      h("p", { class: "muted" }, h("small", {}, `${t(`state_${row.state}`)} · ${day(row.act.happened_at)}`)),
      row.answer?.message && row.state !== "arrived" ? h("p", {}, row.answer.message) : null,
      ...whatToDo(row)))))];
}

function whatToDo(row) {
  const then = (act) => async () => { await act(); window.dispatchEvent(new Event("hashchange")); };
  if (row.state === "conflict") return row.answer.values.map((both) => h("fieldset", { class: "group" },
    h("legend", {}, t(`field_${both.field}`)),
    h("button", { class: "button--wide", onclick: then(() => keepMine(row, both)) }, `${t("mine")}: ${shown(both.yours)}`),
    h("button", { class: "button--quiet button--wide", onclick: then(() => settleField(row, both)) }, `${t("theirs")}: ${shown(both.theirs)}`)));
  if (row.state !== "refused") return [];
  const mend = row.act.kind === "open_case" ? h("a", { class: "button button--small", href: `#/sua/${row.act.key}` }, t("mend")) : null;
  return [h("p", { class: "cluster" }, mend,
    h("button", { class: "button--small", onclick: then(() => writeAgain(row)) }, t("send_again")),
    h("button", { class: "button--small button--quiet", onclick: then(() => settle(row, "given_up")) }, t("give_up")))];
}

const shown = (value) => (Array.isArray(value) ? value.join(", ") : String(value ?? "–"));

async function settleField(row, both) {
  const values = row.answer.values.filter((one) => one.field !== both.field);
  await settle({ ...row, answer: { ...row.answer, values } }, values.length ? "conflict" : "given_up");
}

// The volunteer's value once more, now over what the other one wrote.
async function keepMine(row, both) {
  const { act } = row;
  if (act.kind === "set_price") await write("set_price", { listing: act.listing, price: both.yours, seen: both.theirs });
  if (act.kind === "edit_listing") await write("edit_listing", { listing: act.listing, fields: { [both.field]: both.yours }, seen: { [both.field]: both.theirs } });
  if (act.kind === "answer_order") await write("answer_order", { order: act.order, accept: act.accept, reason: act.reason, seen: both.theirs });
  if (act.kind === "record_identity") await write("record_identity", { household: act.household, known_by: act.known_by, changes: { [both.field]: both.yours }, seen: { [both.field]: both.theirs } });
  await settleField(row, both);
}
