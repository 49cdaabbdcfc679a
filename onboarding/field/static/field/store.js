// What the phone keeps, each record encrypted; the row "phone" alone is readable, and holds no word of a household.
import { deleteDB, openDB } from "./vendor/idb-8.0.4.js";
import { fromPin, importKey, random, seal, sealText, unseal, unsealText } from "./crypto.js";

const NAME = "field";
const MAX_WRONG_PINS = 10;
const FREE_TRIES = 3;
const CLOCK_SLACK = 10 * 60 * 1000;
let database = null;
let key = null;
let pinKeys = null;

const db = async () => (database ??= await openDB(NAME, 1, {
  upgrade(made) {
    made.createObjectStore("plain");
    made.createObjectStore("sealed");
  },
  blocking() {
    database?.close();
    database = null;
  },
}));

export class Closed extends Error {
  constructor(why, more = {}) {
    super(why);
    Object.assign(this, { why, ...more });
  }
}

export const isOpen = () => key !== null;
export const phone = async () => (await db()).get("plain", "phone");
const keepPhone = async (row) => (await db()).put("plain", row, "phone");

export function close() {
  key = pinKeys = null;
}

export async function wipe() {
  close();
  database?.close();
  database = null;
  await deleteDB(NAME);
}

// `enrol(proof)` asks the server for {device, token, server_part, …}.
export async function setUp(pin, enrol) {
  const salt = random(16);
  const raw = random(32);
  pinKeys = await fromPin(pin, salt);
  const given = await enrol(pinKeys.proof);
  const wrapped = await seal(await pinKeys.storeKey(given.server_part), raw);
  key = await importKey(raw);
  await keepPhone({ device: given.device, salt, wrapped, grant: null, wrong: 0, wrongAt: 0, seenAt: Date.now() });
  await put("token", given.token);
  await keepGrant(given.server_part, given.offline_until);
}

export async function keepGrant(serverPart, until) {
  const row = await phone();
  const sealed = serverPart ? await sealText(pinKeys.grantKey, serverPart) : row.grant;
  await keepPhone({ ...row, grant: sealed && { ...sealed, until: Date.parse(until) }, seenAt: Date.now() });
}

export async function dropGrant() {
  const row = await phone();
  if (row) await keepPhone({ ...row, grant: null });
  close();
}

const waitFor = (wrong) => (wrong < FREE_TRIES ? 0 : Math.min(600, 5 * 2 ** (wrong - FREE_TRIES)) * 1000);

// Opens the store with the PIN: by the half kept for hours without signal, else by asking the server.
// Throws Closed: "wait" {seconds}, "wrong" {left}, "wiped", or what `askServer(device, proof)` throws.
export async function open(pin, askServer) {
  const row = await phone();
  const now = Date.now();
  const left = row.wrongAt + waitFor(row.wrong) - now;
  if (row.wrong >= FREE_TRIES && left > 0 && left <= waitFor(row.wrong)) throw new Closed("wait", { seconds: Math.ceil(left / 1000) });
  pinKeys = await fromPin(pin, row.salt);
  const isGood = row.grant && now < row.grant.until && now >= row.seenAt - CLOCK_SLACK;
  let serverPart = null;
  let fresh = null;
  try {
    if (isGood) {
      serverPart = await unsealText(pinKeys.grantKey, row.grant);
    } else {
      fresh = await askServer(row.device, pinKeys.proof);
      serverPart = fresh.server_part;
    }
    key = await importKey(await unseal(await pinKeys.storeKey(serverPart), row.wrapped));
  } catch (error) {
    close();
    if (error instanceof DOMException || error.code === "wrong_pin") return countWrong(row);
    if (error.code === "device_locked") await dropGrant();
    throw error;
  }
  await keepPhone({ ...row, wrong: 0, wrongAt: 0, seenAt: Math.max(now, row.seenAt) });
  if (fresh) await keepGrant(serverPart, fresh.offline_until);
}

async function countWrong(row) {
  const wrong = row.wrong + 1;
  if (wrong >= MAX_WRONG_PINS) {
    await wipe();
    throw new Closed("wiped");
  }
  await keepPhone({ ...row, wrong, wrongAt: Date.now() });
  throw new Closed("wrong", { left: MAX_WRONG_PINS - wrong });
}

function required() {
  if (!key) throw new Closed("closed");
  return key;
}

export async function put(name, value) {
  const sealed = await sealText(required(), JSON.stringify(value));
  await (await db()).put("sealed", sealed, name);
}

export async function get(name) {
  const sealed = await (await db()).get("sealed", name);
  return sealed && JSON.parse(await unsealText(required(), sealed));
}

export async function putBytes(name, bytes) {
  const sealed = await seal(required(), bytes);
  await (await db()).put("sealed", sealed, name);
}

export async function getBytes(name) {
  const sealed = await (await db()).get("sealed", name);
  return sealed && unseal(required(), sealed);
}

export const remove = async (name) => (await db()).delete("sealed", name);

export async function all(prefix) {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const rows = await (await db()).getAll("sealed", range);
  return Promise.all(rows.map(async (sealed) => JSON.parse(await unsealText(required(), sealed))));
}
