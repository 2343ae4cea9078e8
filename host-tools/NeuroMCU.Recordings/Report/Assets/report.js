// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Draws the plots of a report: the data stand in the page as JSON, one <script type="application/json"> per plot.
(() => {
  "use strict";
  const root = document.documentElement;
  window.addEventListener("error", e => { root.dataset.error = e.message; });

  // Okabe and Ito's colours for colour-blind readers, darkened or lightened to stand out from the page.
  const palettes = {
    light: ["#0072b2", "#d55e00", "#009e73", "#b0569b", "#b58900", "#3b9bd9", "#7a5195", "#5b6470"],
    dark: ["#4fb3f0", "#ff8a4c", "#2fd0a0", "#e08fc4", "#f0c648", "#8fd0ff", "#b79cf0", "#a9b4c4"],
  };
  const theme = () => root.dataset.theme === "dark" ? "dark" : "light";
  const colour = k => palettes[theme()][k % palettes.light.length];
  const css = name => getComputedStyle(root).getPropertyValue(name).trim();

  const saved = (() => { try { return localStorage.getItem("neuromcu-theme"); } catch { return null; } })();
  const asked = new URLSearchParams(location.search).get("theme");
  root.dataset.theme = asked || saved || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  const plots = [];        // all uPlot instances
  const timed = [];        // those whose x axis is the time of the run; they zoom together
  const legends = [];
  let moving = false;      // a zoom is being passed on

  const use = name => {
    root.dataset.theme = name;
    legends.forEach(paint => paint());
    plots.forEach(p => p.redraw(false, true));
  };

  document.getElementById("theme").addEventListener("click", () => {
    use(theme() === "dark" ? "light" : "dark");
    try { localStorage.setItem("neuromcu-theme", root.dataset.theme); } catch { /* a file opened from disk may have no storage */ }
  });

  // Paper is white: a dark page is printed as a light one.
  let shown = null;
  addEventListener("beforeprint", () => { shown = theme(); use("light"); });
  addEventListener("afterprint", () => { if (shown) use(shown); });

  const decode = (text, Type) => {
    const raw = atob(text), bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new Type(bytes.buffer);
  };

  const lowerBound = (times, t) => {
    let low = 0, high = times.length;
    while (low < high) { const mid = (low + high) >> 1; if (times[mid] < t) low = mid + 1; else high = mid; }
    return low;
  };

  const seconds = s => {
    const size = Math.abs(s);
    return size >= 1 || size === 0 ? `${+s.toFixed(6)} s` : size >= 1e-3 ? `${+(s * 1e3).toFixed(3)} ms` : `${Math.round(s * 1e6)} µs`;
  };

  const axis = (label, more) => Object.assign({
    label, labelSize: 22, labelFont: "13px system-ui, sans-serif", font: "12px system-ui, sans-serif", labelGap: 2,
    stroke: () => css("--soft"), grid: { stroke: () => css("--grid"), width: 1 }, ticks: { stroke: () => css("--line"), width: 1, size: 5 },
  }, more);
  // Labels get the room that they need: digits before and behind the point along the bottom, the longest one at the side.
  const room = (u, index, min, max) => Math.max(50, 7.4 * (String(Math.floor(Math.abs(max))).length + 1 + Math.max(0, Math.ceil(-Math.log10((max - min) / 10)))) + 20);
  const longest = (u, values) => Math.max(58, ...(values || []).map(v => 7.4 * String(v ?? "").length + 18));
  const below = label => axis(label, { size: 30, labelSize: 20, space: room });

  // Wheel with Ctrl zooms around the pointer, Shift + drag pans; the wheel alone belongs to the page.
  const wheelAndPan = full => ({
    hooks: {
      ready: u => {
        const over = u.over;
        over.addEventListener("wheel", e => {
          if (!e.ctrlKey && !e.metaKey) return;
          e.preventDefault();
          const at = u.posToVal(e.offsetX, "x"), k = e.deltaY < 0 ? 0.8 : 1.25;
          const low = Math.max(full[0], at - (at - u.scales.x.min) * k), high = Math.min(full[1], at + (u.scales.x.max - at) * k);
          if (high - low > 2e-6) u.setScale("x", { min: low, max: high });
        }, { passive: false });
        over.addEventListener("mousedown", e => {
          if (!e.shiftKey) return;
          e.preventDefault(); e.stopImmediatePropagation();
          const from = e.clientX, { min, max } = u.scales.x, perPixel = (max - min) / over.clientWidth;
          const move = m => {
            let d = (from - m.clientX) * perPixel;
            d = Math.max(full[0] - min, Math.min(full[1] - max, d));
            u.setScale("x", { min: min + d, max: max + d });
          };
          const up = () => { removeEventListener("mousemove", move); removeEventListener("mouseup", up); };
          addEventListener("mousemove", move); addEventListener("mouseup", up);
        }, true);
      },
    },
  });

  const together = u => {
    if (moving || !timed.includes(u)) return;
    moving = true;
    const { min, max } = u.scales.x;
    for (const other of timed) if (other !== u && (other.scales.x.min !== min || other.scales.x.max !== max)) other.setScale("x", { min, max });
    moving = false;
  };

  const place = (element, options, data) => {
    options.width = element.clientWidth;
    const u = new uPlot(options, data, element);
    plots.push(u);
    new ResizeObserver(() => { if (element.clientWidth && element.clientWidth !== u.width) u.setSize({ width: element.clientWidth, height: options.height }); }).observe(element);
    return u;
  };

  const legend = (element, entries, toggle) => {
    const buttons = entries.map((entry, k) => {
      const button = document.createElement("button"), chip = document.createElement("i");
      button.type = "button"; button.setAttribute("aria-pressed", "true");
      button.append(chip, entry.label);
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        toggle(k, on);
      });
      element.append(button);
      return chip;
    });
    const paint = () => buttons.forEach((chip, k) => { chip.style.background = colour(entries[k].colour); });
    legends.push(paint);
    paint();
  };

  const sync = { key: "time", setSeries: false, scales: ["x", null] };

  const raster = (element, data) => {
    const full = [0, data.duration];
    const layers = data.layers.map(l => ({ times: decode(l.times, Float64Array), neurons: decode(l.neurons, Int32Array) }));
    const pops = data.populations, many = layers.length > 1;
    const total = pops.reduce((n, p) => n + p.size, 0);
    const rowOf = new Float64Array(data.neurons).fill(-1), popOf = new Int32Array(data.neurons).fill(-1);
    // The name of a population stands in a strip of its own above its neurons, so that it hides no spike; many populations have the legend only.
    const strip = pops.length <= 16 ? 17 : 0;
    const plotHeight = Math.max(130, Math.min(550, total * (many ? 22 : 14))) + strip * pops.length;
    const gap = strip * total / (plotHeight - strip * pops.length);
    let row = 0;
    pops.forEach((p, k) => { p.row = row; for (let i = 0; i < p.size; i++) { rowOf[p.first + i] = row + i; popOf[p.first + i] = k; } row += p.size + gap; });
    const rows = row;
    const shown = many ? layers.map(() => true) : pops.map(() => true);
    const visible = (layer, neuron) => popOf[neuron] >= 0 && shown[many ? layer : popOf[neuron]];

    const tip = document.createElement("div");
    tip.className = "tip";
    const shade = document.createElement("div");
    shade.className = "hint";

    const draw = u => {
      const c = u.ctx, { left, top, width, height } = u.bbox, ratio = devicePixelRatio || 1;
      const x0 = u.scales.x.min, x1 = u.scales.x.max, y0 = u.scales.y.min, y1 = u.scales.y.max;
      const sx = width / (x1 - x0), sy = height / (y1 - y0);
      c.save();
      c.beginPath(); c.rect(left, top, width, height); c.clip();
      pops.forEach((p, k) => {
        const low = top + height - (p.row + p.size + gap - 0.5 - y0) * sy, tall = (p.size + gap) * sy;
        c.globalAlpha = theme() === "dark" ? 0.07 : 0.05;
        c.fillStyle = many ? css("--soft") : colour(k);
        if (k % 2 === 0 || !many) c.fillRect(left, low, width, tall);
        c.globalAlpha = 1;
        if (k > 0) { c.fillStyle = css("--line"); c.fillRect(left, Math.round(low + tall) - ratio / 2, width, ratio); }
      });
      const rowHeight = sy / layers.length, tall = Math.max(1.6 * ratio, Math.min(rowHeight * 0.78, 22 * ratio));
      const wide = Math.max(1.2 * ratio, Math.min(2 * ratio, width / 500));
      const from = layers.map(l => lowerBound(l.times, x0)), to = layers.map(l => lowerBound(l.times, x1 + 1e-9));
      const count = from.reduce((n, first, at) => n + to[at] - first, 0);

      // Where marks would cover each other, cells are shaded by how many spikes they hold.
      const cell = 3 * ratio, columns = Math.ceil(width / cell), together = Math.max(1, Math.ceil(cell / sy));
      const cellRows = pops.map(p => Math.ceil(p.size / together)), firstCell = [];
      let cells = 0;
      cellRows.forEach(n => { firstCell.push(cells); cells += n * columns * layers.length; });
      const dense = count > 0.3 * cells;
      shade.textContent = "";
      if (dense) {
        const held = new Uint32Array(cells);
        let most = 1;
        layers.forEach((l, at) => {
          for (let i = from[at]; i < to[at]; i++) {
            const neuron = l.neurons[i];
            if (!visible(at, neuron)) continue;
            const k = popOf[neuron], p = pops[k], line = Math.floor((neuron - p.first) / together);
            const n = ++held[firstCell[k] + (line * layers.length + at) * columns + Math.min(columns - 1, ((l.times[i] - x0) * sx / cell) | 0)];
            if (n > most) most = n;
          }
        });
        pops.forEach((p, k) => {
          for (let line = 0; line < cellRows[k]; line++) {
            const size = Math.min(together, p.size - line * together), tall = size * sy / layers.length;
            for (let at = 0; at < layers.length; at++) {
              const y = height - (p.row + line * together + size - 0.5 - y0) * sy + at * tall, first = firstCell[k] + (line * layers.length + at) * columns;
              c.fillStyle = colour(many ? at : k);
              for (let x = 0; x < columns; x++) {
                if (!held[first + x]) continue;
                c.globalAlpha = 0.15 + 0.85 * held[first + x] / most;
                c.fillRect(left + x * cell, top + y, cell, tall);
              }
            }
          }
        });
        c.globalAlpha = 1;
        shade.textContent = `shaded by density: the darkest cell holds ${most} ${most === 1 ? "spike" : "spikes"} in ${seconds(+(cell / sx).toPrecision(2))}${together > 1 ? ` of ${together} neurons` : ""}; zoom in to see single spikes`;
      } else layers.forEach((l, at) => {
        let current = -1;
        for (let i = from[at]; i < to[at]; i++) {
          const neuron = l.neurons[i];
          if (!visible(at, neuron)) continue;
          const x = (l.times[i] - x0) * sx, y = height - (rowOf[neuron] + 0.5 - (at + 0.5) / layers.length - y0) * sy;
          const k = many ? at : popOf[neuron];
          if (k !== current) { c.fillStyle = colour(k); current = k; }
          c.fillRect(left + x - wide / 2, top + y - tall / 2, wide, tall);
        }
      });
      c.font = `600 ${12 * ratio}px system-ui, sans-serif`;
      c.textBaseline = "top";
      c.textAlign = "left";
      if (strip) pops.forEach((p, k) => {
        c.fillStyle = many ? css("--soft") : colour(k);
        c.fillText(p.name, left + 7 * ratio, top + height - (p.row + p.size + gap - 0.5 - y0) * sy + 3 * ratio);
      });
      c.restore();
    };

    const hover = u => {
      const { left, top } = u.cursor;
      tip.style.display = "none";
      if (left < 0 || top < 0) return;
      const reach = 9, perSecond = u.over.clientWidth / (u.scales.x.max - u.scales.x.min);
      const at = u.posToVal(left, "x");
      let best = reach * reach, found = null;
      layers.forEach((l, k) => {
        const to = lowerBound(l.times, at + reach / perSecond);
        for (let i = lowerBound(l.times, at - reach / perSecond); i < to; i++) {
          if (!visible(k, l.neurons[i])) continue;
          const dx = (l.times[i] - at) * perSecond, y = u.valToPos(rowOf[l.neurons[i]] + 0.5 - (k + 0.5) / layers.length, "y"), dy = y - top;
          if (dx * dx + dy * dy < best) { best = dx * dx + dy * dy; found = { t: l.times[i], n: l.neurons[i], y, layer: k }; }
        }
      });
      if (!found) return;
      const p = pops[popOf[found.n]];
      tip.textContent = `${p.name}[${found.n - p.first}]  ${found.t.toFixed(6)} s${many ? "  " + data.layers[found.layer].name : ""}`;
      tip.style.display = "block";
      tip.style.left = `${Math.max(80, Math.min(u.over.clientWidth - 80, u.valToPos(found.t, "x")))}px`;
      tip.style.top = `${found.y}px`;
    };

    // Neurons are counted within their population; a label stands only where it has room.
    const ticks = u => {
      const perRow = u.bbox.height / (devicePixelRatio || 1) / (rows + 0.2), found = [];
      for (const p of pops) {
        const by = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(n => n * perRow >= 24) || p.size;
        const step = perRow >= 13 ? 1 : by;
        for (let i = 0; i < p.size; i += step) if (!found.length || (p.row + i - found[found.length - 1]) * perRow >= 13) found.push(p.row + i);
      }
      return found;
    };
    const tick = v => {
      const p = pops.find(q => v >= q.row - 1e-6 && v < q.row + q.size);
      return p ? String(Math.round(v - p.row)) : "";
    };

    const u = place(element, {
      height: plotHeight + 68,
      scales: { x: { time: false, range: (_, min, max) => [min, max] }, y: { range: () => [-0.6, rows - 0.4] } },
      series: [{}, { stroke: "transparent", points: { show: false } }],
      axes: [below("time (s)"), axis("neuron", { size: 58, splits: ticks, values: (_, values) => values.map(tick), grid: { show: false } })],
      legend: { show: false },
      cursor: { sync, points: { show: false }, drag: { x: true, y: false, setScale: true } },
      hooks: {
        draw: [draw], setCursor: [hover], setScale: [(p, key) => { if (key === "x") together(p); }],
      },
      plugins: [wheelAndPan(full)],
    }, [full, [null, null]]);
    u.wholeRun = data.duration;
    timed.push(u);
    u.over.append(tip);
    element.append(shade);
    u.over.addEventListener("mouseleave", () => { tip.style.display = "none"; });
    const entries = many ? data.layers.map((l, k) => ({ label: l.name, colour: k })) : pops.map((p, k) => ({ label: p.name, colour: k }));
    legend(element.previousElementSibling, entries, (k, on) => { shown[k] = on; u.redraw(false, false); });
  };

  // A value that never changes still gets a scale that shows where it lies.
  const around = (_, low, high) => {
    if (low == null) return [null, null];
    const flat = Math.max(Math.abs(low) * 0.1, 1e-6);
    return high > low ? uPlot.rangeNum(low, high, 0.1, true) : [low - flat, high + flat];
  };

  const lines = (element, data) => {
    const levels = [...data.series.map(s => s.level).filter(v => v != null), ...(data.ordinates ?? [])];
    const marks = data.series.map(s => s.marks ? decode(s.marks, Float64Array) : null);
    const marked = marks.some(Boolean);
    const spread = (u, low, high) => low == null ? [null, null] : around(u, Math.min(low, ...levels), Math.max(high, ...levels));

    // A dashed line at each threshold, and a stroke on it for each spike.
    const draw = u => {
      const c = u.ctx, { left, top, width, height } = u.bbox, ratio = devicePixelRatio || 1;
      c.save();
      c.beginPath(); c.rect(left, top, width, height); c.clip();
      data.series.forEach((s, k) => {
        if (!u.series[k + 1].show) return;
        const y = s.level == null ? top + 15 * ratio : u.valToPos(s.level, "y", true);
        c.strokeStyle = c.fillStyle = colour(s.colour ?? k);
        if (s.level != null) {
          c.globalAlpha = 0.7; c.lineWidth = ratio; c.setLineDash([4 * ratio, 4 * ratio]);
          c.beginPath(); c.moveTo(left, y); c.lineTo(left + width, y); c.stroke();
          c.globalAlpha = 1;
        }
        if (!marks[k]) return;
        for (let i = lowerBound(marks[k], u.scales.x.min), to = lowerBound(marks[k], u.scales.x.max + 1e-9); i < to; i++) c.fillRect(u.valToPos(marks[k][i], "x", true) - 0.75 * ratio, y - 13 * ratio, 1.5 * ratio, 12 * ratio);
      });
      c.restore();
    };
    const x = data.series.map(s => Array.from(decode(s.x, Float64Array)));
    const y = data.series.map(s => Array.from(decode(s.y, Float64Array), v => Number.isNaN(v) ? null : v));
    const same = x.every(v => v.length === x[0].length && v.every((t, i) => t === x[0][i]));
    const joined = same ? [x[0], ...y] : uPlot.join(x.map((v, i) => [v, y[i]]));
    const full = data.duration ? [0, data.duration] : [joined[0][0], joined[0][joined[0].length - 1]];
    const stepped = uPlot.paths.stepped({ align: 1 });
    const u = place(element, {
      height: data.height || 260,
      scales: { x: { time: false, range: (_, min, max) => [min, max] }, y: data.filled ? { range: (_, low, high) => [0, Math.max(high, 1e-9) * 1.08] } : { range: spread } },
      series: [{ value: (_, v) => v == null ? "" : data.duration ? seconds(v) : String(+v.toPrecision(6)) }, ...data.series.map((s, k) => ({
        label: s.name, stroke: () => colour(s.colour ?? k), width: 1.5, spanGaps: true, dash: s.dashed ? [6, 4] : undefined,
        points: { show: !!s.dots, size: 6, stroke: () => colour(s.colour ?? k), fill: () => colour(s.colour ?? k) },
        value: (_, v) => v == null ? "–" : `${+v.toPrecision(6)} ${s.unit || ""}`,
        paths: s.dots ? () => null : data.stepped ? stepped : undefined,
        fill: data.filled ? () => colour(s.colour ?? k) + "22" : undefined,
      }))],
      axes: [below(data.x_label), axis(data.y_label, { size: longest })],
      legend: { show: false },
      cursor: { sync: data.duration ? sync : undefined, drag: { x: true, y: false, setScale: true } },
      hooks: {
        draw: levels.length || marked ? [draw] : [],
        setScale: [(p, key) => { if (key === "x") together(p); }],
        setCursor: [p => {
          const i = p.cursor.idx, shown = i != null && p.cursor.left >= 0;
          read.textContent = !shown ? "" : [p.series[0].value(p, joined[0][i])].concat(data.series.map((s, k) => p.series[k + 1].show && joined[k + 1][i] != null ? `${s.name} ${p.series[k + 1].value(p, joined[k + 1][i])}` : null)).filter(Boolean).join("   ·   ");
        }],
      },
      plugins: [wheelAndPan(full)],
    }, joined);
    if (data.duration) { u.wholeRun = data.duration; timed.push(u); moving = true; u.setScale("x", { min: full[0], max: full[1] }); moving = false; }
    const read = document.createElement("div");
    read.className = "hint";
    read.style.minHeight = "1.5em"; read.style.whiteSpace = "normal";
    element.append(read);
    legend(element.previousElementSibling, data.series.map((s, k) => ({ label: s.name, colour: s.colour ?? k })), (k, on) => u.setSeries(k + 1, { show: on }));
  };

  const kinds = { raster, lines };
  for (const element of document.querySelectorAll(".plot")) {
    const data = JSON.parse(element.querySelector("script").textContent);
    element.textContent = "";
    kinds[data.kind](element, data);
  }

  // A double click anywhere shows the whole run again.
  for (const u of timed) u.over.addEventListener("dblclick", e => {
    e.stopImmediatePropagation();
    u.setScale("x", { min: 0, max: u.wholeRun });
  }, true);
  root.dataset.ready = String(plots.length);
})();
