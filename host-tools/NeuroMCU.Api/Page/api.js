// Requests to the API, and the errors that come back, in the words of the server.

const root = new URL('api/v1/', document.baseURI);
let key = '';

/** An error that the server explains. */
export class ApiError extends Error {
  constructor(status, document) {
    super(document.what ?? 'the server does not answer');
    this.status = status;
    this.error = document.error;
    this.why = document.why;
    this.next = document.next;
    this.diagnostics = document.diagnostics ?? [];
  }

  toString() {
    return [this.message, this.why && 'why: ' + this.why, this.next && 'next: ' + this.next].filter(Boolean).join('\n');
  }
}

/** Sets the key that a server beyond this machine asks for. */
export function useKey(text) {
  key = text.trim();
}

/** Asks for something; the answer is its JSON document. */
export async function call(method, path, body, headers = {}) {
  const binary = body instanceof Blob || body instanceof ArrayBuffer;
  const options = { method, headers: { ...headers } };
  if (key) options.headers.Authorization = 'Bearer ' + key;
  options.headers['X-Client'] = clientName;
  if (body !== undefined) {
    options.body = binary ? body : JSON.stringify(body);
    options.headers['Content-Type'] = binary ? 'application/octet-stream' : 'application/json';
  }
  let answer;
  try {
    answer = await fetch(new URL(path, root), options);
  } catch {
    throw new ApiError(0, { what: 'the server does not answer', next: 'is neuromcu live still running?' });
  }
  if (!answer.ok) throw new ApiError(answer.status, await answer.json().catch(() => ({})));
  return answer.status === 204 ? null : { ...await answer.json(), etag: answer.headers.get('ETag') };
}

/** Downloads a file of the API under the name that the server gives it. */
export async function download(path) {
  const answer = await fetch(new URL(path, root), { headers: key ? { Authorization: 'Bearer ' + key } : {} });
  if (!answer.ok) throw new ApiError(answer.status, await answer.json().catch(() => ({})));
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'recording';
  save(await answer.blob(), name);
}

/** Hands a file to the browser. */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Opens the stream of a device. */
export function openSocket(device) {
  const url = new URL(`devices/${device}/stream?client=${encodeURIComponent(clientName)}`, root);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url, key ? ['neuromcu.v1', 'neuromcu.key.' + key] : ['neuromcu.v1']);
  socket.binaryType = 'arraybuffer';
  return socket;
}

export const clientName = 'page ' + Math.random().toString(36).slice(2, 6);
