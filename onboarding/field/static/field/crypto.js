// The key to what this phone keeps: two halves, one from the PIN and one from the server (docs/adr/0041).
const ROUNDS = 600000;
const text = new TextEncoder();

export const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));
export const toHex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

export async function sha256(bytes) {
  return toHex(await crypto.subtle.digest("SHA-256", bytes));
}

// A UUID of version 7 (RFC 9562): milliseconds since 1970, then chance.
export function newKey(now = Date.now()) {
  const bytes = random(16);
  for (let place = 5, rest = now; place >= 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function derive(from, info, salt = new Uint8Array()) {
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text.encode(info) };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// What the PIN alone gives: the proof for the server, the key of its half that is kept for a while, and of the store.
export async function fromPin(pin, salt) {
  const typed = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, typed, 256);
  const base = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveBits", "deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode("proof") };
  return {
    proof: toHex(await crypto.subtle.deriveBits(how, base, 256)),
    grantKey: await derive(base, "grant"),
    storeKey: (serverPart) => derive(base, "store", fromHex(serverPart)),
  };
}

export const importKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

export async function seal(key, bytes) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

// Throws where the key is another one.
export const unseal = (key, sealed) => crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
export const sealText = (key, value) => seal(key, text.encode(value));
export const unsealText = async (key, sealed) => new TextDecoder().decode(await unseal(key, sealed));
