// The synapses of a projection as a heat map: rows are sources, columns are targets. A weight is dragged up and down while the network runs.

import { fit, isDark, onScheme, scale, short, token } from './paint.js';

export class Matrix {
  constructor(canvas, changed, chosen) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.changed = changed;
    this.chosenChanged = chosen;
    this.weights = null;
    this.at = -1;
    this.dirty = true;
    onScheme(() => (this.dirty = true));
    canvas.addEventListener('pointerdown', (event) => this.press(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    canvas.addEventListener('pointerup', () => (this.drag = null));
    canvas.addEventListener('pointercancel', () => (this.drag = null));
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('focus', () => (this.dirty = true));
    canvas.addEventListener('blur', () => (this.dirty = true));
  }

  /** Shows weights as the API gives them. */
  set(weights, rows, columns) {
    const same = this.weights?.projection === weights?.projection;
    this.weights = weights;
    this.rows = rows;
    this.columns = columns;
    this.index = new Map();
    weights?.pre.forEach((pre, k) => this.index.set(pre * columns + weights.post[k], k));
    if (!same) this.choose(weights?.pre.length ? 0 : -1);
    this.dirty = true;
  }

  /** Takes changes that someone made. */
  apply(changes) {
    for (const change of changes) {
      if (this.weights && change.synapse < this.weights.weight.length) this.weights.weight[change.synapse] = change.weight;
    }
    this.dirty = true;
    if (changes.some((c) => c.synapse === this.at)) this.chosenChanged(this.at);
  }

  choose(synapse) {
    this.at = synapse;
    this.dirty = true;
    this.chosenChanged(synapse);
  }

  synapseAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * this.columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * this.rows);
    return this.index?.get(row * this.columns + column) ?? -1;
  }

  press(event) {
    if (!this.weights) return;
    const synapse = this.synapseAt(event);
    this.canvas.focus();
    if (synapse < 0) return;
    this.choose(synapse);
    this.canvas.setPointerCapture(event.pointerId);
    this.drag = { y: event.clientY, weight: this.weights.weight[synapse] };
    event.preventDefault();
  }

  move(event) {
    if (!this.drag) return;
    const { limit } = this.weights;
    const weight = this.drag.weight + ((this.drag.y - event.clientY) / 150) * limit;
    this.change(Math.max(-limit, Math.min(limit, weight)));
  }

  change(weight) {
    this.weights.weight[this.at] = weight;
    this.dirty = true;
    this.chosenChanged(this.at);
    this.changed(this.at, weight);
  }

  key(event) {
    if (!this.weights || this.at < 0) return;
    const { pre, post, weight, limit } = this.weights;
    const step = { '+': 1, '=': 1, '-': -1, 'PageUp': 10, 'PageDown': -10 }[event.key];
    if (step) {
      this.change(Math.max(-limit, Math.min(limit, weight[this.at] + (step * limit) / 100)));
      event.preventDefault();
      return;
    }
    const [dr, dc] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
    if (!dr && !dc) return;
    event.preventDefault();
    for (let k = 1; k <= Math.max(this.rows, this.columns); k++) {
      const found = this.index.get((pre[this.at] + dr * k) * this.columns + post[this.at] + dc * k);
      const inside = post[this.at] + dc * k >= 0 && post[this.at] + dc * k < this.columns;
      if (found !== undefined && inside) return this.choose(found);
    }
  }

  draw() {
    if (fit(this.canvas)) this.dirty = true;
    if (!this.dirty) return;
    this.dirty = false;
    const g = this.context;
    const { width, height } = this.canvas;
    g.fillStyle = token('plot');
    g.fillRect(0, 0, width, height);
    if (!this.weights?.pre.length) {
      g.fillStyle = token('quiet');
      g.font = `${13 * scale()}px system-ui, sans-serif`;
      g.fillText('no synapses', 12 * scale(), 24 * scale());
      return;
    }
    const { pre, post, weight } = this.weights;
    const most = Math.max(1e-12, ...weight.map(Math.abs));
    const [w, h] = [width / this.columns, height / this.rows];
    for (let k = 0; k < pre.length; k++) {
      g.fillStyle = heat(weight[k] / most);
      g.fillRect(post[k] * w, pre[k] * h, Math.max(1, w - (w > 5 ? 1 : 0)), Math.max(1, h - (h > 5 ? 1 : 0)));
    }
    if (this.at >= 0) {
      g.strokeStyle = token('focus');
      g.lineWidth = 2 * scale();
      g.strokeRect(post[this.at] * w, pre[this.at] * h, Math.max(4, w), Math.max(4, h));
    }
  }

  /** What the chosen synapse is, in words. */
  sentence() {
    if (!this.weights || this.at < 0) return '';
    const { from, to, pre, post, weight, unit, delay_us: delay } = this.weights;
    const suffix = unit === '1' ? '' : ' ' + unit;
    return `${from}[${pre[this.at]}] to ${to}[${post[this.at]}]: ${short(weight[this.at])}${suffix}, after ${short(delay[this.at] / 1000)} ms`;
  }
}

// Orange excites, blue inhibits; pale is weak.
function heat(share) {
  const strength = Math.min(1, Math.abs(share));
  const lightness = isDark() ? 16 + 52 * strength : 94 - 54 * strength;
  return `hsl(${share >= 0 ? 24 : 212} ${30 + 60 * strength}% ${lightness}%)`;
}
