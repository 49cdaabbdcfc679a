// Words first, then photos, then the territory: one round at a time, in whichever tab.
import { newKey } from "./crypto.js";
import { sendPhoto } from "./photos.js";
import { loadTerritory, sendBundle } from "./server.js";
import * as store from "./store.js";

export const APP_VERSION = 1;
const MOST_ACTS = 50;
const SETTLED_KEPT = 100;

// Writes an act down; it is sent as soon as there is signal. Answers the act.
export async function write(kind, said) {
  const at = Date.now();
  const act = { key: newKey(at), kind, happened_at: new Date(at).toISOString(), ...said };
  await store.put(`act:${act.key}`, { act, state: "waiting", answer: null });
  return act;
}

export const outbox = () => store.all("act:");
export const settle = (row, state) => store.put(`act:${row.act.key}`, { ...row, state });

// The same once more, under a new key and the time of now; the refused one is done with.
export async function writeAgain(row, changes = {}) {
  const { key, kind, happened_at, ...said } = row.act;
  await settle(row, "replaced");
  return write(kind, { ...said, ...changes });
}

export async function synchronise(watch = () => {}) {
  return navigator.locks.request("field-sync", { ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    let until = await sendActs();
    if (await sendPhotos(watch)) until = await sendActs();
    until = (await bringTerritory()) ?? until;
    if (until) await store.keepGrant(null, until);
    await forgetSettled();
    return true;
  });
}

async function sendActs() {
  let until = null;
  const rows = (await outbox()).filter((row) => row.state === "waiting");
  rows.sort((one, other) => (one.act.key < other.act.key ? -1 : 1));
  for (let at = 0; at < rows.length; at += MOST_ACTS) {
    const some = rows.slice(at, at + MOST_ACTS);
    const answer = await sendBundle(APP_VERSION, some.map((row) => row.act));
    until = answer.offline_until;
    for (const [place, said] of answer.answers.entries()) {
      const state = { done: "arrived", known: "arrived", waits: "waiting" }[said.status] ?? said.status;
      await store.put(`act:${some[place].act.key}`, { ...some[place], state, answer: said });
    }
  }
  return until;
}

async function sendPhotos(watch) {
  const rows = (await outbox()).filter((row) => row.state === "waiting" && row.act.photo);
  for (const name of new Set(rows.map((row) => row.act.photo))) await sendPhoto(name, watch);
  return rows.length > 0;
}

export const territory = async () => (await store.get("territory")) ?? { cursor: "", items: {} };

async function bringTerritory() {
  const kept = await territory();
  const answer = await loadTerritory(kept.cursor);
  const items = answer.whole ? {} : kept.items;
  for (const name of answer.gone) delete items[name];
  for (const item of answer.items) items[item.name] = item.values;
  if (answer.cursor !== kept.cursor) await store.put("territory", { cursor: answer.cursor, items });
  return answer.offline_until;
}

// What arrived is kept for a while to be read, its photo not at all.
async function forgetSettled() {
  const rows = await outbox();
  const open = rows.filter((row) => !["arrived", "replaced", "given_up"].includes(row.state));
  const needed = new Set(open.map((row) => row.act.photo));
  const settled = rows.filter((row) => !open.includes(row)).sort((one, other) => (one.act.key < other.act.key ? 1 : -1));
  for (const row of settled) if (row.act.photo && !needed.has(row.act.photo)) await store.remove(`photo:${row.act.photo}`);
  for (const row of settled.slice(SETTLED_KEPT)) await store.remove(`act:${row.act.key}`);
}
