// The node array as it lies on the board: a square for each node, pale to dark as it conducts; what was done to the chosen one; and what may be done.

import { fit, isDark, onScheme, scale, token } from './paint.js';

/** A conductance with its prefix: 4.2 µS. */
export function siemens(value) {
  if (value === null || value === undefined) return '–';
  const [factor, unit] = Math.abs(value) >= 1e-3 ? [1e3, 'mS'] : Math.abs(value) >= 1e-6 ? [1e6, 'µS'] : [1e9, 'nS'];
  return `${Number((value * factor).toPrecision(3))} ${unit}`;
}

export class Nodes {
  constructor(canvas, history, chosen) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.history = history;
    this.historyContext = history.getContext('2d');
    this.chosenChanged = chosen;
    this.array = null;
    this.steps = [];
    this.at = 0;
    this.dirty = true;
    onScheme(() => (this.dirty = true));
    canvas.addEventListener('pointerdown', (event) => this.press(event));
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('focus', () => (this.dirty = true));
    canvas.addEventListener('blur', () => (this.dirty = true));
  }

  /** Shows an array as the API gives it. */
  set(array) {
    this.array = array;
    this.at = Math.min(this.at, Math.max(0, array.nodes.length - 1));
    this.dirty = true;
  }

  /** Shows what was done to the chosen node. */
  setHistory(steps) {
    this.steps = steps;
    this.dirty = true;
  }

  get node() {
    return this.array?.nodes[this.at];
  }

  choose(number) {
    this.at = number;
    this.dirty = true;
    this.chosenChanged(number);
  }

  press(event) {
    if (!this.array?.rows) return;
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * this.array.columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * this.array.rows);
    this.canvas.focus();
    this.choose(Math.max(0, Math.min(this.array.nodes.length - 1, row * this.array.columns + column)));
    event.preventDefault();
  }

  key(event) {
    if (!this.array?.rows) return;
    const { rows, columns } = this.array;
    const [dr, dc] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
    if (!dr && !dc) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(rows - 1, Math.floor(this.at / columns) + dr));
    const column = Math.max(0, Math.min(columns - 1, (this.at % columns) + dc));
    this.choose(row * columns + column);
  }

  /** What the chosen node is, in words. */
  sentence() {
    const n = this.node;
    if (!n) return '';
    const mode = { keeping: 'keeps what it is given', volatile: 'forgets by itself', unknown: 'its mode is not known' }[n.mode];
    const target = n.target_s === null ? '' : `, target ${siemens(n.target_s)}`;
    return `node ${n.node} (row ${n.row}, column ${n.column}): ${siemens(n.siemens)}${target}; ${n.masked ? 'masked, nothing may be done to it' : mode}`;
  }

  draw() {
    if (fit(this.canvas) | fit(this.history)) this.dirty = true;
    if (!this.dirty || !this.array?.rows) return;
    this.dirty = false;
    this.drawArray();
    this.drawHistory();
  }

  drawArray() {
    const g = this.context;
    const { width, height } = this.canvas;
    const { rows, columns, nodes, full_scale_s: full } = this.array;
    g.fillStyle = token('plot');
    g.fillRect(0, 0, width, height);
    const [w, h] = [width / columns, height / rows];
    const gap = Math.min(w, h) > 8 ? 2 : 0;
    for (const n of nodes) {
      const [x, y] = [n.column * w + gap, n.row * h + gap];
      const share = Math.max(0, Math.min(1, (n.siemens ?? 0) / full));
      g.fillStyle = `hsl(160 ${20 + 55 * share}% ${isDark() ? 14 + 50 * share : 94 - 60 * share}%)`;
      g.fillRect(x, y, Math.max(1, w - 2 * gap), Math.max(1, h - 2 * gap));
      g.strokeStyle = token('quiet');
      g.lineWidth = scale();
      if (n.mode === 'keeping') g.strokeRect(x, y, w - 2 * gap, h - 2 * gap);
      if (n.masked) {
        g.beginPath();
        g.moveTo(x, y);
        g.lineTo(x + w - 2 * gap, y + h - 2 * gap);
        g.moveTo(x + w - 2 * gap, y);
        g.lineTo(x, y + h - 2 * gap);
        g.stroke();
      }
    }
    const at = nodes[this.at];
    if (at) {
      g.strokeStyle = token('focus');
      g.lineWidth = 2 * scale();
      g.strokeRect(at.column * w + 1, at.row * h + 1, w - 2, h - 2);
    }
  }

  // Conductance after each step, pulses as dots: up those that raise it, down those that lower it.
  drawHistory() {
    const g = this.historyContext;
    const { width, height } = this.history;
    g.fillStyle = token('plot');
    g.fillRect(0, 0, width, height);
    g.font = `${12 * scale()}px system-ui, sans-serif`;
    g.fillStyle = token('quiet');
    if (!this.steps.length) {
      g.fillText('nothing was done to this node yet', 10 * scale(), 20 * scale());
      return;
    }
    const most = Math.max(this.array.full_scale_s, ...this.steps.map((s) => s.siemens));
    const x = (k) => 8 * scale() + (k / Math.max(1, this.steps.length - 1)) * (width - 16 * scale());
    const y = (s) => height - 8 * scale() - (s / most) * (height - 28 * scale());
    g.fillText(`${siemens(most)}, last ${this.steps.length} steps`, 8 * scale(), 14 * scale());
    g.strokeStyle = isDark() ? 'hsl(160 60% 60%)' : 'hsl(160 75% 30%)';
    g.lineWidth = 1.5 * scale();
    g.beginPath();
    this.steps.forEach((s, k) => (k ? g.lineTo(x(k), y(s.siemens)) : g.moveTo(x(k), y(s.siemens))));
    g.stroke();
    this.steps.forEach((s, k) => {
      if (!s.volts) return;
      g.fillStyle = s.volts > 0 ? `hsl(24 90% ${isDark() ? 60 : 40}%)` : `hsl(212 90% ${isDark() ? 65 : 40}%)`;
      g.fillRect(x(k) - 1.5 * scale(), y(s.siemens) - 1.5 * scale(), 3 * scale(), 3 * scale());
    });
  }
}
