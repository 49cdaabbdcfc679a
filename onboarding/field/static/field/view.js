// What the phone knows at this moment: the territory, with what was written here and has not arrived laid over it.
import { outbox, territory } from "./sync.js";

const named = (items, what) => Object.entries(items).filter(([name]) => name.startsWith(`${what}:`)).map(([, values]) => values);

export async function look() {
  const [{ items }, rows] = await Promise.all([territory(), outbox()]);
  const open = rows.filter((row) => ["waiting", "arrived", "refused", "conflict"].includes(row.state));
  const households = named(items, "household");
  const known = new Set(households.map((household) => household.key));
  for (const { act, state } of open.filter((row) => row.act.kind === "open_case" && !known.has(row.act.household))) {
    households.unshift({
      code: act.household, key: act.household, name: act.storefront_name || act.head_name, head: act.head_name,
      phone: act.phone, village: act.village_name, consent: "none", mandate: null, paper: null, case: { steps: {} },
      to_do: [], here: state, team: act.team,
    });
  }
  const listings = named(items, "listing").map((listing) => ({ ...listing }));
  const byKey = new Map(listings.map((listing) => [listing.key, listing]));
  for (const { act, state } of open.filter((row) => row.act.kind === "draft_listing" && !byKey.has(row.act.listing))) {
    const drafted = {
      key: act.listing, household: act.household, status: "draft", price: act.price, stock: act.stock, photos: 0,
      fields: { ...act.fields }, here: state, version: 0, note: "",
    };
    listings.push(drafted);
    byKey.set(act.listing, drafted);
  }
  for (const { act } of open.filter((row) => row.state === "waiting").sort((one, other) => (one.act.key < other.act.key ? -1 : 1))) {
    const listing = byKey.get(act.listing);
    if (!listing) continue;
    if (act.kind === "set_price") listing.price = act.price;
    if (act.kind === "adjust_stock") listing.stock += act.difference;
    if (act.kind === "edit_listing") listing.fields = { ...listing.fields, ...act.fields };
    if (act.kind === "add_photo") listing.photos += 1;
    if (act.kind !== "draft_listing") listing.here = "waiting";
  }
  const answered = new Set(open.filter((row) => row.act.kind === "answer_order").map((row) => row.act.order));
  return {
    rows,
    households,
    listings,
    orders: named(items, "order").filter((order) => !answered.has(order.number)),
    teams: named(items, "team"),
    villages: [...new Set(named(items, "villages").flatMap((row) => row.all))],
    categories: items["categories:"]?.all ?? [],
    consent: { vi: items["consent_text:vi"], en: items["consent_text:en"] },
    household: (ref) => households.find((row) => row.code === ref || row.key === ref),
    listing: (key) => byKey.get(key),
    // Acts on one listing are done in the order in which they were written.
    lastOf: (key) => rows.filter((row) => row.state === "waiting" && row.act.listing === key).map((row) => row.act.key).sort().slice(-1),
  };
}
