"""Trains a pattern detector in Brian2 and runs it on the board.

    python3 brian2_pattern.py            runs the weights that lie beside this file
    python3 brian2_pattern.py --train    trains them anew first (Debian's python3-brian)

Twenty inputs fire one spike each in every 100 ms: in a fixed order (the pattern), or in another order each time. The neuron is to
fire for the pattern only. Its weights follow a tempotron rule (Guetig and Sompolinsky 2006, in its simplest form): after a trial that
went wrong, each weight moves by what its input did to the membrane when that was highest.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

import neuromcu

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE / "brian2_pattern.csv"
INPUTS = 20
TAU = 0.015  # s
TRIAL = 0.1  # s

# The same neuron as below in Brian2's words: jumps of w, a decay with TAU, threshold 1, reset to 0.
NETWORK = """
neuromcu: 1
name: pattern from Brian2
step: 100 us
duration: {duration} s
populations:
  inputs: {{model: input, size: {inputs}}}
  detector: {{model: lif, size: 1, tau: 15 ms, threshold: 1.0}}
projections:
  - {{name: learned, from: inputs, to: detector, connect: {{csv: {weights}}}}}
inputs:
  - {{to: inputs, csv: {spikes}}}
record:
  spikes: all
  traces: [{{population: detector, neurons: all, every: 1 ms}}]
"""


def trials(count, seed):
    """Spike times of each input in each trial, and which trials are the pattern."""
    random = np.random.default_rng(seed)
    pattern = np.random.default_rng(7).permutation(INPUTS) * 0.0025 + 0.01
    is_pattern = np.arange(count) % 2 == 0
    times = [pattern if p else np.round(random.uniform(0.01, 0.06, INPUTS), 4) for p in is_pattern]
    return np.array(times), is_pattern


def train(epochs=8):
    """Trains in Brian2 and returns the weights."""
    import brian2 as b2

    b2.prefs.codegen.target = "numpy"
    times, is_pattern = trials(30, seed=1)
    random = np.random.default_rng(2)
    weights = random.uniform(0.05, 0.12, INPUTS)
    b2.defaultclock.dt = 0.1 * b2.ms
    source = b2.SpikeGeneratorGroup(INPUTS, range(INPUTS), [50] * INPUTS * b2.ms)
    cell = b2.NeuronGroup(1, "dv/dt = -v / tau : 1", namespace={"tau": TAU * b2.second}, method="exact")
    synapses = b2.Synapses(source, cell, "w : 1", on_pre="v_post += w", delay=1 * b2.ms)
    synapses.connect()
    monitor = b2.StateMonitor(cell, "v", record=True)
    network = b2.Network(source, cell, synapses, monitor)
    network.store()
    for epoch in range(epochs):
        wrong = 0
        for when, wanted in zip(times, is_pattern):
            network.restore()
            source.set_spikes(range(INPUTS), when * b2.second)
            synapses.w = weights
            network.run(TRIAL * b2.second)
            best = int(np.argmax(monitor.v[0]))
            fired = monitor.v[0][best] >= 1
            # A margin on both sides, since the board rounds weights to 16 bits.
            if wanted and monitor.v[0][best] < 1.1 or not wanted and monitor.v[0][best] > 0.9:
                age = monitor.t[best] / b2.second - when - 0.001
                share = np.where(age >= 0, np.exp(-age / TAU), 0)
                weights = weights + (0.03 if wanted else -0.03) * share
                wrong += int(fired != wanted)
        print(f"epoch {epoch + 1}: {wrong} of {len(times)} trials wrong")
    return weights


def run(weights_file=WEIGHTS, count=40):
    """Runs the detector over trials that it was not trained with; how many it got right, and the recording."""
    times, is_pattern = trials(count, seed=3)
    spikes = sorted((trial * TRIAL + t, k) for trial, row in enumerate(times) for k, t in enumerate(row))
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "spikes.csv"
        table.write_text("index,time_s\n" + "".join(f"{k},{t:.6f}\n" for t, k in spikes))
        text = NETWORK.format(duration=count * TRIAL, inputs=INPUTS, weights=weights_file, spikes=table)
        with neuromcu.loads(text) as net:
            recording = net.run()
    fired = np.zeros(count, dtype=bool)
    fired[(recording.spikes["detector"].times / TRIAL).astype(int)] = True
    return int(np.sum(fired == is_pattern)), count, recording


def main():
    """As the head of this file says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", action="store_true", help="train anew, in Brian2")
    if parser.parse_args().train:
        rows = [f"{k},0,{w:.6f},1 ms" for k, w in enumerate(train())]
        WEIGHTS.write_text("pre,post,weight,delay\n" + "\n".join(rows) + "\n")
    right, count, recording = run()
    print(f"{right} of {count} trials right on the board; {recording.losses['record']} spikes lost")


if __name__ == "__main__":
    main()
