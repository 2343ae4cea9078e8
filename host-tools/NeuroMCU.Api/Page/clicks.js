// Spikes as clicks in the loudspeaker; more than two hundred a second are too many to be heard one by one.

const most = 8;

export class Clicks {
  constructor() {
    this.on = false;
  }

  set(on) {
    this.on = on;
    if (on) this.audio ??= new AudioContext();
    if (on) this.audio.resume();
  }

  add(message, neurons) {
    if (!this.on || !message.count) return;
    const step = Math.max(1, Math.floor(message.count / most));
    for (let k = 0; k < message.count; k += step) {
      const at = this.audio.currentTime + Math.min(0.1, message.offsets[k] / 1e6);
      const tone = this.audio.createOscillator();
      const loud = this.audio.createGain();
      tone.frequency.value = 220 + (880 * message.indices[k]) / Math.max(1, neurons);
      loud.gain.setValueAtTime(0.12, at);
      loud.gain.exponentialRampToValueAtTime(0.001, at + 0.03);
      tone.connect(loud).connect(this.audio.destination);
      tone.start(at);
      tone.stop(at + 0.035);
    }
  }
}
