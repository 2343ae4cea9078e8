// The stream of a device: binary messages of spikes and samples, JSON for everything else. Gaps in the numbers are counted.

import { openSocket } from './api.js';

const headBytes = 40;

/** Decodes a binary message. */
export function decode(buffer) {
  const view = new DataView(buffer);
  const count = view.getInt32(32, true);
  const base = Number(view.getBigInt64(24, true));
  return {
    kind: view.getUint8(0) === 1 ? 'spikes' : 'samples',
    run: view.getInt32(4, true),
    number: Number(view.getBigInt64(8, true)),
    count,
    base,
    offsets: new Uint32Array(buffer, headBytes, count),
    indices: new Int32Array(buffer, headBytes + 4 * count, count),
    values: view.getUint8(0) === 2 ? new Float32Array(buffer, headBytes + 8 * count, count) : null,
  };
}

/** Listens to a device, and connects again when the connection breaks. */
export class Stream {
  constructor(device, handlers) {
    this.device = device;
    this.handlers = handlers;
    this.missed = 0;
    this.received = 0;
    this.next = { spikes: 0, samples: 0 };
    this.run = -1;
    this.closed = false;
    this.connect();
  }

  connect() {
    this.socket = openSocket(this.device);
    this.socket.onmessage = (event) => this.take(event.data);
    this.socket.onopen = () => this.handlers.open?.();
    this.socket.onclose = () => {
      if (this.closed) return;
      this.run = -1;
      this.handlers.lost?.();
      setTimeout(() => this.closed || this.connect(), 1000);
    };
  }

  take(data) {
    if (typeof data === 'string') {
      const message = JSON.parse(data);
      if (message.type === 'restart' || message.type === 'run_started') this.next = { spikes: 0, samples: 0 };
      if (message.type === 'run_started') this.run = message.run;
      this.handlers[message.type]?.(message);
      return;
    }
    const message = decode(data);
    if (message.run !== this.run) {
      // The first message after connecting: what came before it was not for this listener.
      this.run = message.run;
      this.next = { spikes: 0, samples: 0 };
      this.next[message.kind] = message.number;
    }
    if (message.number > this.next[message.kind] && message.kind === 'spikes') this.missed += message.number - this.next[message.kind];
    this.next[message.kind] = message.number + message.count;
    if (message.kind === 'spikes') this.received += message.count;
    this.handlers[message.kind]?.(message);
  }

  close() {
    this.closed = true;
    this.socket.close();
  }
}
