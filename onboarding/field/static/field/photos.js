// Photos: shrunk before they are kept, sent after the words in pieces that go on where they broke off (tus 1.0).
import { sha256 } from "./crypto.js";
import { ask } from "./server.js";
import * as store from "./store.js";

const PIECE = 128 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" };

// Keeps the picture at most `side` pixels long, as JPEG. Answers its SHA-256, and how many bytes it had and has.
export async function keepPhoto(file, { side, quality }) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality / 100));
  const bytes = await blob.arrayBuffer();
  const name = await sha256(bytes);
  await store.putBytes(`photo:${name}`, bytes);
  return { sha256: name, before: file.size, after: bytes.byteLength };
}

// Sends what the server lacks of it. `watch(share)` hears how far it is.
export async function sendPhoto(name, watch) {
  const token = await store.get("token");
  const bytes = await store.getBytes(`photo:${name}`);
  if (!bytes) return;
  const headers = { ...TUS, "Upload-Length": String(bytes.byteLength), "Upload-Metadata": `sha256 ${btoa(name)}` };
  const begun = await ask("uploads/", { method: "POST", headers, token });
  const where = new URL(begun.headers.get("Location"), location.href).pathname;
  let offset = Number(begun.headers.get("Upload-Offset"));
  while (offset < bytes.byteLength) {
    watch(offset / bytes.byteLength);
    const piece = bytes.slice(offset, offset + PIECE);
    const how = { ...TUS, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    const answer = await ask(where, { method: "PATCH", headers: how, body: piece, token });
    offset = answer.status === 204 ? Number(answer.headers.get("Upload-Offset")) : await offsetOf(where, token);
  }
  watch(1);
}

async function offsetOf(where, token) {
  const answer = await ask(where, { method: "HEAD", headers: TUS, token });
  return Number(answer.headers.get("Upload-Offset"));
}
