// The text of the network file, with its findings at their lines.

import { call } from './api.js';

export class Editor {
  constructor(form, handlers) {
    this.form = form;
    this.handlers = handlers;
    this.text = form.querySelector('#text');
    this.lines = form.querySelector('#lines');
    this.list = form.querySelector('#findings');
    this.example = form.querySelector('#example');
    this.path = null;
    this.touched = false;
    this.bad = new Set();
    this.text.addEventListener('input', () => {
      this.touched = true;
      this.number();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.check(), 700);
    });
    this.text.addEventListener('scroll', () => (this.lines.scrollTop = this.text.scrollTop));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.touched = false;
      handlers.run(this.text.value, this.path);
    });
    form.querySelector('#check').addEventListener('click', () => this.check());
    this.example.addEventListener('change', () => this.load());
    this.number();
  }

  /** Shows the text that is loaded, unless the user is writing another one. */
  show(text, path) {
    if (this.touched) return;
    this.text.value = text;
    this.path = path;
    this.number();
  }

  async load() {
    if (!this.example.value) return;
    try {
      const { text, path } = await call('GET', 'examples/' + this.example.value);
      this.text.value = text;
      this.path = path;
      this.touched = true;
      this.number();
      await this.check();
    } catch (error) {
      this.handlers.problem(error);
    }
  }

  async check() {
    try {
      const found = await call('POST', 'networks/check', { text: this.text.value, ...(this.path ? { path: this.path } : {}) });
      this.findings(found.errors, found.warnings, found.summary);
    } catch (error) {
      this.handlers.problem(error);
    }
  }

  findings(errors, warnings, summary) {
    this.bad = new Set(errors.filter((e) => e.line).map((e) => e.line));
    const items = [...errors.map((e) => this.item(e, 'error')), ...warnings.map((w) => this.item(w, 'warning'))];
    if (!errors.length && summary) {
      const fine = document.createElement('li');
      fine.textContent = `no error: ${summary.neurons} neurons, ${summary.synapses} synapses, ${Math.round(summary.heap_bytes / 1024)} KB of ${Math.round(summary.heap_limit / 1024)} KB, load ${(100 * summary.device_load).toFixed(0)} % of a ${summary.cost_profile}`;
      items.push(fine);
    }
    this.list.replaceChildren(...items);
    this.number();
  }

  item(finding, kind) {
    const item = document.createElement('li');
    item.className = kind;
    if (finding.line) {
      const go = document.createElement('button');
      go.type = 'button';
      go.textContent = `line ${finding.line}`;
      go.addEventListener('click', () => this.go(finding.line));
      item.append(go, ' ');
    }
    item.append(`${finding.path ? finding.path + ': ' : ''}${finding.message}${finding.next ? '; ' + finding.next : ''}`);
    return item;
  }

  go(line) {
    const lines = this.text.value.split('\n');
    const begin = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
    this.text.focus();
    this.text.setSelectionRange(begin, begin + (lines[line - 1]?.length ?? 0));
    this.text.scrollTop = Math.max(0, (line - 5) * 19.5);
  }

  number() {
    const count = this.text.value.split('\n').length;
    const marks = [];
    for (let k = 1; k <= count; k++) {
      if (this.bad.has(k)) {
        const mark = document.createElement('b');
        mark.textContent = k + '\n';
        marks.push(mark);
      } else {
        marks.push(k + '\n');
      }
    }
    this.lines.replaceChildren(...marks);
    this.lines.scrollTop = this.text.scrollTop;
  }
}
