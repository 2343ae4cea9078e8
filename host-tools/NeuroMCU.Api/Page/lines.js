// Curves that scroll with network time: rates and recorded variables.

import { fit, scale, short, token } from './paint.js';

export class Lines {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.series = [];
    this.span = 2;
  }

  /** Sets the curves: name, unit and colour of each, and where a neuron fires. */
  set(series) {
    this.series = series.map((s) => ({ ...s, times: [], values: [] }));
  }

  clear() {
    for (const s of this.series) s.times.length = s.values.length = 0;
  }

  add(index, time, value) {
    const s = this.series[index];
    if (!s) return;
    s.times.push(time);
    s.values.push(value);
    if (s.times.length > 40000) {
      s.times.splice(0, 10000);
      s.values.splice(0, 10000);
    }
  }

  draw(now) {
    fit(this.canvas);
    const g = this.context;
    const { width, height } = this.canvas;
    g.fillStyle = token('plot');
    g.fillRect(0, 0, width, height);
    const begin = now - this.span * 1e6;
    const groups = new Map();
    for (const s of this.series) {
      let first = s.times.length;
      while (first > 0 && s.times[first - 1] >= begin) first--;
      s.first = Math.max(0, first - 1);
      const group = groups.get(s.unit) ?? { low: Infinity, high: -Infinity };
      for (let k = s.first; k < s.times.length; k++) {
        group.low = Math.min(group.low, s.values[k]);
        group.high = Math.max(group.high, s.values[k]);
      }
      if (Number.isFinite(s.threshold)) {
        group.low = Math.min(group.low, s.threshold);
        group.high = Math.max(group.high, s.threshold);
      }
      if (s.fromZero) group.low = Math.min(0, group.low);
      groups.set(s.unit, group);
    }
    let place = 0;
    for (const [unit, group] of groups) {
      if (group.high < group.low) continue;
      if (group.high === group.low) group.high += 1;
      g.fillStyle = token('quiet');
      g.font = `${10 * scale()}px system-ui, sans-serif`;
      g.textAlign = 'left';
      const label = unit === '1' ? '' : ' ' + unit;
      g.fillText(short(group.high) + label, 4 + place, 12 * scale());
      g.fillText(short(group.low) + label, 4 + place, height - 4 * scale());
      place += 80 * scale();
    }
    for (const s of this.series) {
      const group = groups.get(s.unit);
      if (group.high < group.low) continue;
      const y = (value) => height - 4 - ((value - group.low) / (group.high - group.low)) * (height - 8);
      if (Number.isFinite(s.threshold)) {
        g.strokeStyle = token('grid');
        g.setLineDash([4, 4]);
        g.beginPath();
        g.moveTo(0, y(s.threshold));
        g.lineTo(width, y(s.threshold));
        g.stroke();
        g.setLineDash([]);
      }
      g.strokeStyle = s.colour;
      g.lineWidth = 1.5 * scale();
      g.beginPath();
      for (let k = s.first; k < s.times.length; k++) {
        const x = ((s.times[k] - begin) / (now - begin)) * width;
        if (k === s.first) g.moveTo(x, y(s.values[k]));
        else g.lineTo(x, y(s.values[k]));
      }
      g.stroke();
      g.lineWidth = 1;
    }
  }
}
