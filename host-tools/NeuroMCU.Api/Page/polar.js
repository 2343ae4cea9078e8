// Directions of sounds: ahead is up, right is right, as for the one who listens.

import { fit, scale, token } from './paint.js';

export class Polar {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.answers = [];
  }

  clear() {
    this.answers = [];
  }

  add(answer) {
    this.answers.push({ ...answer, at: performance.now() });
    if (this.answers.length > 40) this.answers.shift();
  }

  draw() {
    fit(this.canvas);
    const g = this.context;
    const { width, height } = this.canvas;
    const radius = Math.min(width * 0.41, height * 0.82);
    const [x0, y0] = [width / 2, height * 0.92];
    g.fillStyle = token('plot');
    g.fillRect(0, 0, width, height);
    g.strokeStyle = token('line');
    g.fillStyle = token('quiet');
    g.font = `${11 * scale()}px system-ui, sans-serif`;
    g.textAlign = 'center';
    for (const share of [0.33, 0.66, 1]) {
      g.beginPath();
      g.arc(x0, y0, radius * share, Math.PI, 0);
      g.stroke();
    }
    for (let degrees = -90; degrees <= 90; degrees += 30) {
      const [x, y] = place(x0, y0, radius, degrees);
      g.beginPath();
      g.moveTo(x0, y0);
      g.lineTo(x, y);
      g.stroke();
      const [tx, ty] = place(x0, y0, radius * 1.07, degrees);
      g.fillText(`${degrees}°`, tx, ty);
    }
    const now = performance.now();
    for (const answer of this.answers) {
      const age = Math.min(1, (now - answer.at) / 8000);
      const [x, y] = place(x0, y0, radius * (0.25 + 0.75 * answer.confidence), answer.value);
      g.globalAlpha = 1 - 0.85 * age;
      g.strokeStyle = g.fillStyle = token('main');
      g.lineWidth = 2 * scale();
      g.beginPath();
      g.moveTo(x0, y0);
      g.lineTo(x, y);
      g.stroke();
      g.beginPath();
      g.arc(x, y, 6 * scale(), 0, 2 * Math.PI);
      g.fill();
    }
    g.globalAlpha = 1;
    g.lineWidth = 1;
  }
}

function place(x0, y0, radius, degrees) {
  const angle = (degrees * Math.PI) / 180;
  return [x0 + radius * Math.sin(angle), y0 - radius * Math.cos(angle)];
}
