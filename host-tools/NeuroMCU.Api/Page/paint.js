// What all drawings share: colours of populations, which can be told apart in both styles and by colour-blind eyes, and sharp canvases.

const light = ['#0b5fa5', '#b5470b', '#0a7a4b', '#8a2b8f', '#8a6a00', '#a61c3c', '#2b6d77', '#5b4bb5'];
const dark = ['#6cb8f2', '#f59a5b', '#5fd39b', '#d78be0', '#e3c14a', '#ff8ba0', '#74c7d3', '#b0a4ff'];
const scheme = window.matchMedia('(prefers-color-scheme: dark)');

export const isDark = () => scheme.matches;
export const colour = (index) => (scheme.matches ? dark : light)[index % light.length];
export const onScheme = (action) => scheme.addEventListener('change', action);

/** A colour of the style sheet. */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** Fits a canvas to its place; true when its size changed. */
export function fit(canvas) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}

export const scale = () => Math.min(2, window.devicePixelRatio || 1);

/** A figure as people read it. */
export function short(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(size >= 1000 ? 5 : 4)));
}
