// The scrolling raster. Spikes are drawn once, as pixels of an image that is used as a ring; a frame only copies it. A frame that comes
// late draws all spikes that came meanwhile: frames may be left out, spikes are not.

import { colour, fit, onScheme, scale, token } from './paint.js';

const kept = 1 << 21;

export class Raster {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.ring = document.createElement('canvas');
    this.ringContext = this.ring.getContext('2d');
    this.populations = [];
    this.neurons = 1;
    this.span = 2;
    this.head = 0;
    this.times = new Float64Array(kept);
    this.who = new Int32Array(kept);
    this.count = 0;
    this.waiting = [];
    this.chosen = -1;
    this.drawnSpikes = 0;
    onScheme(() => this.redraw());
    this.redraw();
  }

  network(populations) {
    this.populations = populations;
    this.neurons = Math.max(1, populations.reduce((sum, p) => sum + p.size, 0));
    this.owner = new Int32Array(this.neurons);
    populations.forEach((p, k) => this.owner.fill(k, p.first, p.first + p.size));
    this.chosen = populations.find((p) => p.input)?.first ?? -1;
    this.clear();
  }

  clear() {
    this.count = 0;
    this.waiting = [];
    this.redraw();
  }

  setSpan(seconds) {
    this.span = seconds;
    this.redraw();
  }

  /** Takes spikes; they are drawn in the next frame. */
  add(message) {
    this.waiting.push(message);
  }

  redraw() {
    const { width, height } = this.canvas;
    this.ring.width = width;
    this.ring.height = height;
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.inks = this.populations.map((_, k) => ink(colour(k)));
    this.head = 0;
    this.low = 0;
    this.high = width;
    const first = Math.max(0, this.count - kept);
    for (let k = first; k < this.count; k++) this.dot(this.times[k % kept], this.who[k % kept]);
  }

  /** Draws a frame that ends at a time in µs. */
  draw(now) {
    if (fit(this.canvas)) this.redraw();
    for (const message of this.waiting) {
      const { base, offsets, indices, count } = message;
      for (let k = 0; k < count; k++) {
        const time = base + offsets[k];
        this.times[this.count % kept] = time;
        this.who[this.count % kept] = indices[k];
        this.count++;
        this.dot(time, indices[k]);
      }
      this.drawnSpikes += count;
    }
    this.waiting = [];
    const { width, height } = this.canvas;
    const g = this.context;
    g.fillStyle = token('plot');
    g.fillRect(0, 0, width, height);
    const column = Math.max(0, Math.ceil(now * this.perMicro()));
    this.grid(g, column, width, height);
    this.advance(column);
    if (this.high > this.low) this.ringContext.putImageData(this.image, 0, 0, this.low, 0, this.high - this.low, height);
    this.low = width;
    this.high = 0;
    const end = this.head % width;
    // The ring's newest column stands at the right edge.
    const late = this.head - column;
    g.drawImage(this.ring, end, 0, width - end, height, late, 0, width - end, height);
    if (end > 0) g.drawImage(this.ring, 0, 0, end, height, width - end + late, 0, end, height);
    this.labels(g, column, width, height);
    this.names(g, width, height);
  }

  perMicro() {
    return this.canvas.width / (this.span * 1e6);
  }

  ticks(column, width) {
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10].find((s) => this.span / s <= 8) ?? 10;
    const perSecond = width / this.span;
    const found = [];
    for (let k = Math.max(0, Math.ceil((column - width) / perSecond / step)); k * step * perSecond <= column; k++) {
      found.push([Math.round(width - (column - k * step * perSecond)) + 0.5, `${Number((k * step).toFixed(1))} s`]);
    }
    return found;
  }

  grid(g, column, width, height) {
    g.strokeStyle = token('grid');
    g.lineWidth = 1;
    for (const [x] of this.ticks(column, width)) {
      g.beginPath();
      g.moveTo(x, 0);
      g.lineTo(x, height);
      g.stroke();
    }
  }

  labels(g, column, width, height) {
    g.font = `${11 * scale()}px system-ui, sans-serif`;
    g.textAlign = 'center';
    for (const [x, text] of this.ticks(column, width)) {
      const wide = g.measureText(text).width + 8 * scale();
      g.fillStyle = token('plot');
      g.fillRect(x - wide / 2, height - 16 * scale(), wide, 16 * scale());
      g.fillStyle = token('quiet');
      g.fillText(text, x, height - 4 * scale());
    }
  }

  names(g, width, height) {
    g.textAlign = 'left';
    g.font = `600 ${11 * scale()}px system-ui, sans-serif`;
    const row = height / this.neurons;
    let bottom = -99;
    this.populations.forEach((p, k) => {
      const top = p.first * row;
      if (k > 0) {
        g.strokeStyle = token('line');
        g.beginPath();
        g.moveTo(0, Math.round(top) + 0.5);
        g.lineTo(width, Math.round(top) + 0.5);
        g.stroke();
      }
      const y = top + 13 * scale();
      if (y - bottom < 12 * scale()) return;
      bottom = y;
      const notes = [p.input && 'input', !p.recorded && 'not recorded'].filter(Boolean).join(', ');
      const text = p.name + (notes && ` (${notes})`);
      g.fillStyle = token('plot');
      g.globalAlpha = 0.8;
      g.fillRect(3 * scale(), y - 11 * scale(), g.measureText(text).width + 6 * scale(), 14 * scale());
      g.globalAlpha = 1;
      g.fillStyle = colour(k);
      g.fillText(text, 6 * scale(), y);
    });
    if (this.chosen >= 0 && document.activeElement === this.canvas) {
      g.strokeStyle = token('focus');
      g.lineWidth = 2 * scale();
      g.strokeRect(1, this.chosen * row, width - 2, Math.max(4, row));
      g.lineWidth = 1;
    }
  }

  advance(column) {
    if (column <= this.head) return;
    const { width, height } = this.canvas;
    const fresh = Math.min(width, column - this.head);
    for (let k = column - fresh; k < column; k++) {
      const x = k % width;
      for (let at = x; at < width * height; at += width) this.pixels[at] = 0;
      this.touch(x);
    }
    this.head = column;
  }

  touch(x) {
    if (x < this.low) this.low = x;
    if (x >= this.high) this.high = x + 1;
  }

  dot(time, neuron) {
    const { width, height } = this.canvas;
    const column = Math.floor(time * this.perMicro());
    if (column >= this.head) this.advance(column + 1);
    if (column < this.head - width || neuron >= this.neurons) return;
    const row = height / this.neurons;
    const size = Math.max(1, Math.min(Math.round(4 * scale()), Math.floor(row)));
    const top = Math.min(height - size, Math.floor(neuron * row + (row - size) / 2));
    const fill = this.inks[this.owner[neuron]];
    const wide = this.neurons > 200 ? 1 : 2;
    for (let w = 0; w < wide; w++) {
      const x = (column + width - w) % width;
      this.touch(x);
      for (let y = top; y < top + size; y++) this.pixels[y * width + x] = fill;
    }
  }

  /** Spikes of a neuron since a time. */
  countOf(neuron, since) {
    let found = 0;
    for (let k = this.count - 1; k >= Math.max(0, this.count - kept) && this.times[k % kept] >= since; k--) {
      if (this.who[k % kept] === neuron) found++;
    }
    return found;
  }

  /** The neuron at a height of the canvas, in CSS pixels. */
  neuronAt(y) {
    return Math.max(0, Math.min(this.neurons - 1, Math.floor((y / this.canvas.clientHeight) * this.neurons)));
  }

  /** What is on view, as an SVG document. */
  svg(now, title) {
    const [w, h, left] = [1200, 500, 90];
    const begin = now - this.span * 1e6;
    const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h + 40}" font-family="sans-serif" font-size="13"><title>${escape(title)}</title><rect width="${w}" height="${h + 40}" fill="#fff"/>`];
    const paths = this.populations.map(() => []);
    for (let k = Math.max(0, this.count - kept); k < this.count; k++) {
      const time = this.times[k % kept];
      if (time < begin || time > now) continue;
      const x = left + ((time - begin) / (now - begin)) * (w - left - 10);
      paths[this.owner[this.who[k % kept]]].push(`M${x.toFixed(1)} ${((this.who[k % kept] + 0.1) * h / this.neurons + 5).toFixed(1)}v${Math.max(1, 0.8 * h / this.neurons).toFixed(1)}`);
    }
    this.populations.forEach((p, k) => {
      parts.push(`<path d="${paths[k].join('')}" stroke="${colour(k)}" fill="none"/><text x="4" y="${(p.first + p.size / 2) * h / this.neurons + 9}" fill="${colour(k)}">${escape(p.name)}</text>`);
    });
    parts.push(`<text x="${left}" y="${h + 28}">${(begin / 1e6).toFixed(2)} s</text><text x="${w - 10}" y="${h + 28}" text-anchor="end">${(now / 1e6).toFixed(2)} s</text></svg>`);
    return parts.join('');
  }
}

// A colour as a pixel of an image; the order of its bytes is that of the processors of our time.
function ink(hex) {
  const value = parseInt(hex.slice(1), 16);
  return (0xff000000 | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
