// Talking to the server: refusals become `Refused` with the code and the sentence, a missing network `NoSignal`.
import * as store from "./store.js";

const API = "/to/api/v1";
const PATIENCE = 30000;

export class Refused extends Error {
  constructor(status, code, message) {
    super(message || code);
    Object.assign(this, { status, code });
  }
}

export class NoSignal extends Error {}

export async function ask(path, { method = "GET", body, headers = {}, token } = {}) {
  let answer;
  try {
    answer = await fetch(path.startsWith("/") ? path : `${API}/${path}`, {
      method,
      body,
      headers: token ? { ...headers, Authorization: `Bearer ${token}` } : headers,
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new NoSignal(error.message);
  }
  if (answer.ok || answer.status === 409 || answer.status === 460) return answer;
  if (answer.status >= 500) throw new NoSignal(`server: ${answer.status}`);
  const said = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, said.code || "refused", said.message || "");
}

const JSON_TYPE = { "Content-Type": "application/json" };
const formToken = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

export async function enrol(name, proof) {
  const headers = { ...JSON_TYPE, "X-CSRFToken": formToken() };
  const answer = await ask("devices", { method: "POST", headers, body: JSON.stringify({ name, proof }) });
  if (answer.status === 409) {
    const said = await answer.json();
    throw new Refused(409, said.code, said.message);
  }
  return answer.json();
}

export const open = async (device, proof) => (await ask(`devices/${device}/open`, { method: "POST", token: proof })).json();
export const renew = async (device) => (await ask(`devices/${device}/renew`, { method: "POST", headers: { "X-CSRFToken": formToken() } })).json();

export async function sendBundle(app, acts) {
  const token = await store.get("token");
  const body = JSON.stringify({ app, sent_at: new Date().toISOString(), acts });
  return (await ask("bundles", { method: "POST", headers: JSON_TYPE, body, token })).json();
}

export async function loadTerritory(cursor) {
  const token = await store.get("token");
  return (await ask(`territory?cursor=${encodeURIComponent(cursor)}`, { token })).json();
}
