"""A network in PyNN's manner: populations, lists of connections, and what came of it.

The lists are those of PyNN's FromListConnector: (pre, post, weight, delay in ms). Weights here are jumps of the membrane in mV, as for
IF_curr_delta.
"""

from dataclasses import dataclass, field

import neuromcu


@dataclass
class Population:
    """As in PyNN; a size of None for IF_curr_delta means one neuron."""

    size: int
    cell: dict
    label: str


@dataclass
class Simulation:
    """Collects what a script sets up, and writes it as a network file."""

    populations: list = field(default_factory=list)
    projections: list = field(default_factory=list)

    def population(self, size, label, **cell):
        """IF_curr_delta with PyNN's parameter names, or spike_times for SpikeSourceArray."""
        made = Population(size, cell, label)
        self.populations.append(made)
        return made

    def project(self, pre, post, connections):
        """A FromListConnector."""
        self.projections.append((pre, post, list(connections)))

    def text(self, duration):
        """The network file."""
        lines = ["neuromcu: 1", "name: PyNN style", f"duration: {duration} ms", "populations:"]
        inputs = []
        for p in self.populations:
            if "spike_times" in p.cell:
                lines.append(f"  {p.label}: {{model: input, size: {p.size}}}")
                spikes = sorted((t, k) for k in range(p.size) for t in p.cell["spike_times"])
                inputs.append(f"  - {{to: {p.label}, spikes: [{', '.join(f'[{k}, {t} ms]' for t, k in spikes)}]}}")
            else:
                c = {"tau_m": 20.0, "v_rest": -65.0, "v_thresh": -50.0, "v_reset": -65.0, "tau_refrac": 0.1, **p.cell}
                lines.append(f"  {p.label}: {{model: lif, size: {p.size}, tau: {c['tau_m']} ms, rest: {c['v_rest']} mV, "
                             f"threshold: {c['v_thresh']} mV, reset: {c['v_reset']} mV, refractory: {c['tau_refrac']} ms}}")
        lines.append("projections:")
        for pre, post, connections in self.projections:
            pairs = ", ".join(f"[{i}, {j}]" for i, j, _, _ in connections)
            weights = ", ".join(f"{w} mV" for _, _, w, _ in connections)
            delays = ", ".join(f"{d} ms" for _, _, _, d in connections)
            lines.append(f"  - {{from: {pre.label}, to: {post.label}, connect: {{list: [{pairs}]}}, weight: [{weights}], delay: [{delays}]}}")
        lines.append("inputs:" if inputs else "inputs: []")
        return "\n".join(lines + inputs + ["record: {spikes: all}"]) + "\n"

    def run(self, duration):
        """Runs for a time in ms."""
        with neuromcu.loads(self.text(duration)) as net:
            return net.run(duration / 1000)


def ring(size=8):
    """A synfire ring that one spike starts."""
    sim = Simulation()
    stimulus = sim.population(1, "stimulus", spike_times=[5.0])
    cells = sim.population(size, "cells", tau_m=10.0, v_reset=-70.0, tau_refrac=3.0)
    sim.project(stimulus, cells, [(0, 0, 20.0, 1.0)])
    sim.project(cells, cells, [(k, (k + 1) % size, 20.0, 4.0) for k in range(size)])
    return sim


def main():
    """Prints the spike trains of the ring."""
    run = ring().run(100.0)
    for k, train in enumerate(run.spikes["cells"].trains):
        print(f"cells[{k}]: {', '.join(f'{1000 * t:g} ms' for t in train)}")
    print("complete" if run.complete else f"incomplete: {run.incomplete}")


if __name__ == "__main__":
    main()
