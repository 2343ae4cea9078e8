// Puts the page together: one device at a time is on view, and all of them can be chosen.

import { ApiError, call, clientName, download, save, useKey } from './api.js';
import { Stream } from './stream.js';
import { Raster } from './raster.js';
import { Lines } from './lines.js';
import { Polar } from './polar.js';
import { Matrix } from './matrix.js';
import { Nodes } from './nodes.js';
import { Clicks } from './clicks.js';
import { Editor } from './editor.js';
import { colour, onScheme, short } from './paint.js';

const $ = (id) => document.getElementById(id);
const rateBin = 20000;
const state = { device: null, stream: null, network: null, time: 0, timeAt: 0, running: false, status: {}, rates: null, frames: [], dropped: 0 };

const raster = new Raster($('raster'));
const rates = new Lines($('rates'));
const traces = new Lines($('traces'));
const polar = new Polar($('polar'));
const clicks = new Clicks();
const matrix = new Matrix($('weights'), sendWeight, showSynapse);
const nodes = new Nodes($('nodes'), $('nodeHistory'), showNode);
const editor = new Editor($('editor'), { run: runText, problem });

const here = () => `devices/${state.device}`;

function problem(error) {
  const box = $('problem');
  box.hidden = !error;
  box.textContent = error ? String(error instanceof ApiError ? error : error.message ?? error) : '';
}

/** Does something and shows what is wrong with it. */
async function attempt(action) {
  try {
    problem(null);
    return await action();
  } catch (error) {
    if (error.status === 401) await askKey();
    problem(error);
    return undefined;
  }
}

async function askKey() {
  $('keyDialog').showModal();
  await new Promise((done) => $('keyDialog').addEventListener('close', done, { once: true }));
  useKey($('key').value);
  location.hash = '';
  await begin();
}

function log(text, bad = false) {
  const line = document.createElement('li');
  line.textContent = text;
  if (bad) line.className = 'bad';
  $('log').prepend(line);
  while ($('log').children.length > 200) $('log').lastChild.remove();
}

// Network time as far as it is known, carried on between two messages.
function now() {
  const ahead = state.running ? Math.min(400, performance.now() - state.timeAt) * 1000 : 0;
  return state.time + ahead;
}

function reach(time) {
  if (time >= state.time || time < state.time - 1e6) {
    state.time = time;
    state.timeAt = performance.now();
  }
}

function restart() {
  state.time = 0;
  state.timeAt = performance.now();
  raster.clear();
  rates.clear();
  traces.clear();
  polar.clear();
  startRates();
}

function startRates() {
  state.rates = { bin: 0, counts: state.network?.populations.map(() => 0) ?? [] };
}

function countSpikes(message) {
  const { counts } = state.rates;
  for (let k = 0; k < message.count; k++) {
    const bin = Math.floor((message.base + message.offsets[k]) / rateBin);
    if (bin > state.rates.bin) closeBins(bin);
    counts[raster.owner[message.indices[k]]]++;
  }
}

function closeBins(bin) {
  const { counts } = state.rates;
  const gap = Math.min(200, bin - state.rates.bin);
  state.network.populations.forEach((p, k) => {
    rates.add(k, (state.rates.bin + 0.5) * rateBin, counts[k] / p.size / (rateBin / 1e6));
    if (gap > 1) {
      rates.add(k, (state.rates.bin + 1.5) * rateBin, 0);
      rates.add(k, (bin - 0.5) * rateBin, 0);
    }
    state.rates.mean[k] += (counts[k] / p.size / (rateBin / 1e6) - state.rates.mean[k]) * Math.min(1, 0.1 * gap);
    counts[k] = 0;
  });
  state.rates.bin = bin;
}

function figures() {
  const s = state.status;
  const missed = state.stream?.missed ?? 0;
  const last = state.last;
  const items = [
    ['Network time', (now() / 1e6).toFixed(2) + ' s'],
    ['Spikes', (s.spikes ?? 0).toLocaleString('en')],
    ['Missed by this page', missed.toLocaleString('en'), missed > 0],
    ['Late events', s.late_events == null ? '–' : s.late_events.toLocaleString('en'), s.late_events > 0],
    ['Latest', s.max_lateness_us == null ? '–' : short(s.max_lateness_us / 1000) + ' ms'],
    ['Answer time', s.latency_ms == null ? '–' : short(s.latency_ms) + ' ms'],
    ['Lost in last run', last ? `${last.lost_spikes} of ${last.produced}` : '–', last?.complete === false],
    ['Listeners', String(s.clients?.length ?? 0)],
  ];
  $('figures').replaceChildren(...items.map(([name, value, bad]) => {
    const item = document.createElement('div');
    const term = document.createElement('dt');
    const text = document.createElement('dd');
    term.textContent = name;
    text.textContent = value;
    if (bad) text.className = 'bad';
    item.append(term, text);
    return item;
  }));
}

function showState(text) {
  state.running = text === 'running';
  $('link').textContent = text;
  $('link').className = 'pill ' + text;
  $('start').disabled = state.running;
  $('stop').disabled = !state.running;
}

async function showNetwork() {
  const network = await call('GET', here() + '/network');
  state.network = network;
  raster.network(network.populations);
  rates.set(network.populations.map((p, k) => ({ name: p.name, unit: 'Hz', colour: colour(k), fromZero: true })));
  traces.set(network.traces.map((t, k) => ({ name: t.name, unit: t.unit, threshold: t.threshold, colour: colour(k) })));
  $('traceKey').replaceChildren(...network.traces.map((t, k) => keyItem(t.name, colour(k))));
  startRates();
  state.rates.mean = network.populations.map(() => 0);
  $('rateTable').tBodies[0].replaceChildren(...network.populations.map((p, k) => {
    const row = document.createElement('tr');
    row.append(cell('', keyMark(colour(k)), p.name + (p.input ? ' (input)' : '')), cell('n', String(p.size)), cell('n', p.recorded ? '0 Hz' : 'not recorded'));
    return row;
  }));
  fill($('projection'), network.projections.map((p) => [p.name, `${p.name} (${p.from} to ${p.to}, ${p.synapses})`]));
  fill($('watchPopulation'), network.populations.filter((p) => p.variables.length).map((p) => [p.name, p.name]));
  showVariables();
  showParameters(network.parameters);
  $('polarSection').hidden = !network.hears && !network.readouts.some((r) => r.unit === 'deg');
  $('weightSection').hidden = network.projections.length === 0;
  showNodeWeights(network.node_weights);
  $('where').textContent = `${network.name}: ${network.populations.reduce((n, p) => n + p.size, 0)} neurons`;
  document.title = `${network.name} – NeuroMCU live`;
  if (network.text != null) editor.show(network.text, network.path);
  editor.findings([], network.warnings);
  await readWeights();
  await showChannels();
  await showNodes();
}

function showNodeWeights(weights) {
  $('nodeWeights').hidden = weights == null;
  $('nodeWeights').textContent = weights == null ? '' : `On nodes: ${weights.text}.` + (weights.next ? ` Next: ${weights.next}` : '');
}

function fill(select, options) {
  const former = select.value;
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  if (options.some(([value]) => value === former)) select.value = former;
}

function keyMark(fill) {
  const mark = document.createElement('i');
  mark.style.background = fill;
  return mark;
}

function keyItem(text, fill) {
  const item = document.createElement('li');
  item.append(keyMark(fill), text);
  return item;
}

function cell(kind, ...content) {
  const td = document.createElement('td');
  td.className = kind;
  td.append(...content);
  return td;
}

function showVariables() {
  const population = state.network?.populations.find((p) => p.name === $('watchPopulation').value);
  fill($('watchVariable'), (population?.variables ?? []).map((v) => [v, v]));
  $('watchNeuron').max = String((population?.size ?? 1) - 1);
}

// A slider for each number of the file: from nothing to twice the file's value.
function showParameters(parameters) {
  $('parameterSection').hidden = parameters.length === 0;
  $('parameters').replaceChildren(...parameters.map((p) => {
    const label = document.createElement('label');
    const value = document.createElement('output');
    const slider = document.createElement('input');
    const size = p.file === 0 ? 1 : Math.abs(p.file);
    slider.type = 'range';
    slider.min = String(p.file < 0 ? -2 * size : 0);
    slider.max = String(p.file < 0 ? 0 : 2 * size);
    slider.step = String(size / 100);
    slider.value = String(p.value);
    slider.dataset.name = p.name;
    const show = () => {
      value.textContent = `${short(Number(slider.value))} ${p.unit}`;
      slider.setAttribute('aria-valuetext', value.textContent);
    };
    show();
    slider.addEventListener('input', () => {
      show();
      if (p.live) tune(p.name, slider.value, p.unit);
    });
    slider.addEventListener('change', () => tune(p.name, slider.value, p.unit));
    label.append(p.name, value, slider);
    if (!p.live) {
      const warning = document.createElement('small');
      warning.textContent = 'a change starts the run over';
      label.append(warning);
    }
    return label;
  }));
}

const tuning = { waiting: new Map(), busy: false };

// While a slider moves, one request at a time is under way, with the newest values.
async function tune(name, value, unit) {
  tuning.waiting.set(name, `${Number(value)} ${unit}`.trim());
  if (tuning.busy) return;
  tuning.busy = true;
  while (tuning.waiting.size) {
    const settings = Object.fromEntries(tuning.waiting);
    tuning.waiting.clear();
    const answer = await attempt(() => call('PATCH', here() + '/network', { settings }));
    if (answer) {
      const what = Object.entries(settings).map(([n, v]) => `${n} = ${v}`).join(', ');
      $('parameterSays').textContent = answer.changed_live ? `${what}: the run goes on` : `${what}: the run started over`;
      if (answer.changed_live) state.network.settings = answer.settings;
    }
  }
  tuning.busy = false;
}

// What another page or program has changed.
function moveSliders(settings) {
  for (const slider of $('parameters').querySelectorAll('input')) {
    const set = settings[slider.dataset.name];
    if (set === undefined || document.activeElement === slider) continue;
    slider.value = String(Number.parseFloat(set));
    slider.parentElement.querySelector('output').textContent = set;
    slider.setAttribute('aria-valuetext', set);
  }
}

const heard = [];

async function readWeights() {
  const name = $('projection').value;
  if (!name) return matrix.set(null, 1, 1);
  const weights = await call('GET', `${here()}/weights/${encodeURIComponent(name)}`);
  const size = (population) => state.network.populations.find((p) => p.name === population).size;
  matrix.set(weights, size(weights.from), size(weights.to));
  // What was written while the answer was on its way.
  for (const m of heard) if (m.changes && m.projection === name && m.version > weights.version) matrix.apply(m.changes);
  $('weightUnit').textContent = weights.unit === '1' ? '' : weights.unit;
  $('weightVersion').textContent = `±${short(weights.limit)} ${weights.unit === '1' ? '' : weights.unit}`;
  return undefined;
}

const sending = { waiting: null, busy: false };

// While a weight is dragged, one request at a time is under way, with the newest value.
async function sendWeight(synapse, weight) {
  sending.waiting = { synapse, weight, projection: $('projection').value };
  if (sending.busy) return;
  sending.busy = true;
  while (sending.waiting) {
    const { projection, ...change } = sending.waiting;
    sending.waiting = null;
    await attempt(() => call('PATCH', `${here()}/weights/${encodeURIComponent(projection)}`, { changes: [change] }));
  }
  sending.busy = false;
}

function showSynapse(synapse) {
  $('weightSays').textContent = matrix.sentence();
  if (synapse < 0 || !matrix.weights) return;
  $('weightPre').value = matrix.weights.pre[synapse];
  $('weightPost').value = matrix.weights.post[synapse];
  $('weightValue').value = Number(matrix.weights.weight[synapse].toPrecision(5));
}

// Rate of one neuron over the last two seconds, from the spikes that the raster keeps.
function rateOf(neuron) {
  const match = /^(.*)\[(\d+)\]$/.exec(neuron ?? '');
  const population = match && state.network?.populations.find((p) => p.name === match[1]);
  return population ? short(raster.countOf(population.first + Number(match[2]), now() - 2e6) / 2) + ' Hz' : '–';
}

async function showChannels() {
  const board = await call('GET', here() + '/channels').catch(() => ({ channels: [] }));
  $('channelSection').hidden = board.channels.length === 0;
  $('channelTable').tBodies[0].replaceChildren(...board.channels.map((c) => {
    const row = document.createElement('tr');
    row.dataset.neuron = c.neuron ?? '';
    row.append(cell('', c.name ?? String(c.channel)), cell('', c.neuron ?? '–'), cell('', c.has_drive ? `up to code ${c.max_code}` : 'none'),
      cell('n', rateOf(c.neuron)), cell(c.state === 'ok' ? '' : 'bad', c.state + (c.latches ? `, latched ${c.latches}×` : '')));
    return row;
  }));
}

async function showNodes() {
  const array = await call('GET', here() + '/nodes?samples=4').catch(() => ({ rows: 0, nodes: [] }));
  $('nodeSection').hidden = array.rows === 0;
  if (!array.rows) return;
  const first = !nodes.array || nodes.array.board !== array.board;
  nodes.set(array);
  if (first) {
    $('nodeVolts').value = array.pulse_v;
    $('nodeWidth').value = `${Number((array.pulse_s * 1e6).toPrecision(4))} us`;
    $('nodeSiemens').value = Number(((array.full_scale_s / 2) * 1e6).toPrecision(3));
    await showHistory();
  }
  $('nodeSays').textContent = nodes.sentence();
  $('nodeMask').textContent = nodes.node?.masked ? 'Unmask' : 'Mask';
}

async function showHistory() {
  if (!nodes.node) return;
  const { steps } = await call('GET', `${here()}/nodes/history?node=${nodes.at}&last=200`);
  nodes.setHistory(steps);
}

function showNode() {
  $('nodeSays').textContent = nodes.sentence();
  $('nodeMask').textContent = nodes.node?.masked ? 'Unmask' : 'Mask';
  if (nodes.node && nodes.node.mode !== 'unknown') $('nodeMode').value = nodes.node.mode;
  attempt(showHistory);
}

/** Does something to nodes and shows them again. */
function onNodes(action) {
  return attempt(async () => {
    const answer = await action();
    await showNodes();
    await showHistory();
    return answer;
  });
}

async function showRecordings() {
  const { recordings, formats } = await call('GET', 'recordings');
  state.last = recordings.findLast((r) => r.device === state.device);
  $('recordings').tBodies[0].replaceChildren(...recordings.toReversed().map((r) => {
    const row = document.createElement('tr');
    const select = document.createElement('select');
    select.setAttribute('aria-label', `Format of ${r.recording}`);
    select.append(...formats.map((f) => new Option(f === 'h5' ? 'h5 (SONATA)' : f === 'html' ? 'html (report)' : f, f)));
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Save';
    button.setAttribute('aria-label', `Save ${r.recording}`);
    button.addEventListener('click', () => attempt(() => download(`recordings/${r.recording}/file?format=${select.value}`)));
    const file = document.createElement('span');
    file.className = 'group';
    file.append(select, button);
    row.append(cell('', `${r.recording} ${r.network}`), cell('n', (r.time_us / 1e6).toFixed(2) + ' s'), cell('n', r.spikes.toLocaleString('en')),
      cell('n', String(r.lost_spikes)), cell('', file));
    return row;
  }));
}

async function runText(text, path) {
  await attempt(async () => {
    try {
      await call('PUT', here() + '/network', { text, ...(path ? { path } : {}) });
      editor.findings([], []);
      await call('POST', here() + '/run', {});
    } catch (error) {
      if (error.diagnostics?.length) editor.findings(error.diagnostics, []);
      throw error;
    }
  });
}

async function inject(neuron) {
  const k = state.network.populations.findIndex((p) => neuron >= p.first && neuron < p.first + p.size);
  const population = state.network.populations[k];
  await attempt(async () => {
    const answer = await call('POST', here() + '/inject', { spikes: [{ population: population.name, neurons: [neuron - population.first] }] });
    $('rasterSays').textContent = answer.injected ? `${population.name}[${neuron - population.first}] fires` : 'the queue of the device is full';
  });
}

function select(device) {
  state.stream?.close();
  state.device = device;
  restart();
  state.stream = new Stream(device, {
    hello: (m) => {
      showState(m.state);
      attempt(showNetwork).then(() => attempt(showRecordings)).then(() => state.network || attempt(showNodes));
    },
    lost: () => showState('connecting'),
    status: (m) => {
      state.status = m;
      reach(m.time_us);
      showState(m.state);
      if (m.fault) problem('the device has a fault: ' + m.fault);
    },
    spikes: (m) => {
      if (!state.network) return;
      raster.add(m);
      countSpikes(m);
      clicks.add(m, raster.neurons);
      reach(m.base + (m.count ? m.offsets[m.count - 1] : 0));
    },
    samples: (m) => {
      for (let k = 0; k < m.count; k++) traces.add(m.indices[k], m.base + m.offsets[k], m.values[k]);
    },
    readout: (m) => {
      if (m.unit === 'deg' && m.valid) polar.add(m);
      const sentence = m.valid ? `${m.name}: ${short(m.value)} ${m.unit === 'deg' ? '°' : m.unit === '1' ? '' : m.unit}, confidence ${short(m.confidence)}`
        : `${m.name}: unsure`;
      $('polarSays').textContent = sentence;
      log(sentence);
    },
    weights: (m) => {
      heard.push(m);
      if (heard.length > 500) heard.shift();
      if (m.projection !== $('projection').value) return;
      if (m.all) attempt(readWeights);
      else if (m.by !== clientName) {
        matrix.apply(m.changes);
        $('weightSays').textContent = `${m.by} changed ${m.changes.length === 1 ? 'a weight' : m.changes.length + ' weights'}`;
      }
      $('weightVersion').textContent = `version ${m.version}`;
    },
    parameters: (m) => {
      if (state.network) state.network.settings = m.settings;
      if (m.by === clientName) return;
      moveSliders(m.settings);
      $('parameterSays').textContent = `${m.by} changed a parameter; the run goes on`;
    },
    network: () => {
      restart();
      attempt(showNetwork);
    },
    run_started: (m) => {
      if (m.time_us < state.time) restart();
      state.time = m.time_us;
      state.timeAt = performance.now();
      showState('running');
    },
    run_ended: (m) => {
      state.time = m.time_us;
      showState('idle');
      state.last = m;
      log(m.complete ? `run ${m.run} ended at ${(m.time_us / 1e6).toFixed(3)} s, ${m.spikes} spikes, ${m.lost_spikes} lost`
        : `run ${m.run} is incomplete: ${m.incomplete}`, !m.complete);
      for (const trouble of m.troubles) log(trouble.text + (trouble.next ? '; ' + trouble.next : ''), trouble.serious);
      attempt(showRecordings);
    },
    restart,
    log: (m) => log(m.line),
    fault: (m) => log('fault: ' + m.text, true),
    channel: (m) => {
      log(m.text + (m.next ? '; ' + m.next : ''), m.serious);
      attempt(showChannels);
    },
    calibrating: (m) => {
      $('calibrateSays').textContent = `${Math.round(100 * m.part)} %: ${m.what}`;
    },
    calibrated: (m) => {
      $('calibrateSays').textContent = `${m.good} good, ${m.failed} failed; ${m.kept ? 'kept: load the network anew to use it' : 'not kept'}`;
      attempt(showChannels);
    },
    nodes: (m) => {
      if (m.by !== clientName) {
        log(`${m.by} worked on ${m.nodes.length === 1 ? 'node ' + m.nodes[0] : m.nodes.length + ' nodes'}`);
        attempt(showNodes).then(() => attempt(showHistory));
      }
    },
    sound: (m) => log(`playing ${m.name} (${short(m.duration_s)} s)`),
    broken: (m) => {
      showState('broken');
      problem([m.text, m.why, m.next].filter(Boolean).join('\n'));
    },
  });
}

function frame(at) {
  const { frames } = state;
  if (frames.length && at - frames.at(-1) > 25) state.dropped += Math.round((at - frames.at(-1)) / (1000 / 60)) - 1;
  frames.push(at);
  if (frames.length > 120) frames.shift();
  const time = now();
  raster.draw(time);
  rates.draw(time);
  traces.draw(time);
  if (!$('polarSection').hidden) polar.draw();
  matrix.draw();
  if (!$('nodeSection').hidden) nodes.draw();
  requestAnimationFrame(frame);
}

function slowly() {
  figures();
  const { frames } = state;
  if (frames.length > 1) $('frames').textContent = ((1000 * (frames.length - 1)) / (frames.at(-1) - frames[0])).toFixed(0);
  $('droppedFrames').textContent = String(state.dropped);
  const bin = Math.floor(now() / rateBin) - 15;
  if (state.running && state.rates?.mean && bin > state.rates.bin) closeBins(bin);
  if (state.rates?.mean) {
    [...$('rateTable').tBodies[0].rows].forEach((row, k) => {
      if (state.network?.populations[k]?.recorded) row.cells[2].textContent = short(Math.round(10 * state.rates.mean[k]) / 10) + ' Hz';
    });
  }
}

async function seldom() {
  if (!state.device || !state.network || document.hidden) return;
  const counters = await call('GET', here() + '/counters').catch(() => null);
  if (counters) {
    $('counters').tBodies[0].replaceChildren(...Object.entries(counters.counters).map(([name, value]) => {
      const row = document.createElement('tr');
      row.append(cell('', name.replaceAll('_', ' ')), cell('n', value.toLocaleString('en')));
      return row;
    }));
  }
  if (!$('channelSection').hidden) await showChannels();
  if (!$('nodeSection').hidden) await showNodes().catch(() => {});
  const chosen = state.network.projections.find((p) => p.name === $('projection').value);
  if (chosen?.learns && !matrix.drag && !sending.busy) await readWeights().catch(() => {});
}

function bind() {
  $('start').addEventListener('click', () => attempt(() => call('POST', here() + '/run', {})));
  $('stop').addEventListener('click', () => attempt(() => call('POST', here() + '/stop')));
  $('reset').addEventListener('click', () => attempt(() => call('POST', here() + '/reset')));
  $('step').addEventListener('click', () => attempt(() => call('POST', here() + '/step', { duration: $('stepTime').value })));
  $('span').addEventListener('change', () => {
    const span = Number($('span').value);
    raster.setSpan(span);
    rates.span = traces.span = span;
  });
  $('sound').addEventListener('change', () => clicks.set($('sound').checked));
  $('raster').addEventListener('click', (event) => inject(raster.neuronAt(event.offsetY)));
  $('raster').addEventListener('keydown', (event) => {
    const inputs = state.network?.populations.filter((p) => p.input) ?? [];
    const neurons = inputs.flatMap((p) => Array.from({ length: p.size }, (_, k) => p.first + k));
    if (!neurons.length) return;
    const at = neurons.indexOf(raster.chosen);
    if (event.key === 'ArrowDown') raster.chosen = neurons[(at + 1) % neurons.length];
    else if (event.key === 'ArrowUp') raster.chosen = neurons[(at - 1 + neurons.length) % neurons.length];
    else if (event.key === 'Enter' || event.key === ' ') inject(raster.chosen);
    else return;
    event.preventDefault();
    const p = inputs.find((q) => raster.chosen >= q.first && raster.chosen < q.first + q.size);
    $('rasterSays').textContent = `${p.name}[${raster.chosen - p.first}]`;
  });
  $('projection').addEventListener('change', () => attempt(readWeights));
  $('weightForm').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(async () => {
      const change = { pre: Number($('weightPre').value), post: Number($('weightPost').value), weight: Number($('weightValue').value) };
      const answer = await call('PATCH', `${here()}/weights/${encodeURIComponent($('projection').value)}`, { changes: [change] });
      await readWeights();
      $('weightSays').textContent = `set to ${short(answer.weights[0].weight)} ${answer.unit === '1' ? '' : answer.unit}`;
    });
  });
  $('calibrate').addEventListener('click', () => attempt(async () => {
    $('calibrate').disabled = true;
    try {
      const made = await call('POST', here() + '/calibration', {});
      for (const c of made.channels.filter((x) => !x.good)) log(`${c.name}: ${c.reason}${c.next ? '; ' + c.next : ''}`, true);
      if (!made.kept) log('the calibration was not kept: ' + made.unkept, true);
    } finally {
      $('calibrate').disabled = false;
    }
  }));
  $('nodeTarget').addEventListener('submit', (event) => {
    event.preventDefault();
    onNodes(async () => {
      const made = await call('POST', here() + '/nodes', { targets: [{ node: nodes.at, siemens: Number($('nodeSiemens').value) / 1e6 }] });
      log(`node ${nodes.at}: ${made.nodes[0].outcome} after ${made.nodes[0].pulses} pulses`, made.reached === 0);
    });
  });
  $('nodePulse').addEventListener('submit', (event) => {
    event.preventDefault();
    onNodes(() => call('POST', `${here()}/nodes/${nodes.at}/pulse`, { volts: Number($('nodeVolts').value), width: $('nodeWidth').value }));
  });
  $('nodeSetMode').addEventListener('click', () => onNodes(() => call('PATCH', `${here()}/nodes/${nodes.at}`, { mode: $('nodeMode').value })));
  $('nodeMask').addEventListener('click', () => onNodes(() => call('PATCH', `${here()}/nodes/${nodes.at}`, { masked: !nodes.node.masked })));
  $('watchPopulation').addEventListener('change', showVariables);
  $('watch').addEventListener('submit', (event) => {
    event.preventDefault();
    const watch = [...(state.network.watch ?? []), {
      population: $('watchPopulation').value, neuron: Number($('watchNeuron').value), variable: $('watchVariable').value,
    }];
    attempt(() => call('PATCH', here() + '/network', { watch }));
  });
  $('unwatch').addEventListener('click', () => attempt(() => call('PATCH', here() + '/network', { watch: [] })));
  $('play').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(() => call('POST', `${here()}/sound?example=${encodeURIComponent($('soundName').value)}`));
  });
  $('soundFile').addEventListener('change', () => {
    const file = $('soundFile').files[0];
    if (file) attempt(() => call('POST', `${here()}/sound?name=${encodeURIComponent(file.name)}`, file));
  });
  $('png').addEventListener('click', () => $('raster').toBlob((blob) => save(blob, 'spikes.png')));
  $('svg').addEventListener('click', () => save(new Blob([raster.svg(now(), state.network?.name ?? 'spikes')], { type: 'image/svg+xml' }), 'spikes.svg'));
  $('device').addEventListener('change', async () => {
    const value = $('device').value;
    if (!value.startsWith('open:')) return select(value);
    return attempt(async () => {
      const opened = await call('POST', 'devices', { address: value.slice(5) });
      await listDevices(opened.id);
      select(opened.id);
    });
  });
  onScheme(() => state.network && attempt(showNetwork));
}

async function listDevices(chosen) {
  const { devices, found } = await call('GET', 'devices');
  fill($('device'), [...devices.map((d) => [d.id, `${d.id}: ${d.virtual ? 'virtual' : d.address} on ${d.board}`]),
    ...found.map((f) => ['open:' + f.address, `open ${f.address}`])]);
  if (chosen) $('device').value = chosen;
  return devices;
}

async function begin() {
  await attempt(async () => {
    const about = await call('GET', '.');
    document.body.classList.toggle('look', about.read_only);
    let devices = await listDevices();
    if (!devices.length && !about.read_only) {
      await call('POST', 'devices', {});
      devices = await listDevices();
    }
    const examples = await call('GET', 'examples');
    fill($('example'), [['', 'choose one'], ...examples.networks.map((n) => [n, n])]);
    fill($('soundName'), examples.sounds.map((s) => [s, s.replace('.wav', '').replaceAll('_', ' ')]));
    if (devices.length) {
      $('device').value = devices[0].id;
      select(devices[0].id);
    }
  });
}

bind();
useKey(location.hash.startsWith('#key=') ? location.hash.slice(5) : '');
requestAnimationFrame(frame);
setInterval(slowly, 250);
setInterval(seldom, 1000);
begin();

// For tests of the page, and for the curious.
window.neuromcu = { state, raster, matrix, nodes, sending };
