"""Runs a network that another program trained and wrote as a NIR file: snnTorch, Norse, Nengo, Rockpool, Sinabs, Spyx.

    python3 nir_file.py NETWORK.nir

In snnTorch:  nir.write("network.nir", snntorch.export_nir.export_to_nir(net, sample)). Without a file, a small network of this program
is exported and read back, so that the way can be tried.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import neuromcu

SMALL = """
neuromcu: 1
name: small
populations:
  inputs: {model: input, size: 4}
  hidden: {model: lif, size: 3, tau: 10 ms, threshold: 1.0}
projections:
  - {from: inputs, to: hidden, connect: all-to-all, weight: 0.6, delay: 1 ms}
"""


def import_nir(path, folder):
    """Turns a NIR file into a network file and prints what became of each node; the network file."""
    network = Path(folder) / "network.yaml"
    spikes = Path(folder) / "spikes.csv"
    spikes.write_text("index,time_ms\n" + "".join(f"0,{5 * k}\n" for k in range(1, 20)))
    command = [*neuromcu.find_program(), "import", str(path), "--out", str(network), "--spikes", str(spikes), "--for", "100 ms"]
    report = subprocess.run(command, capture_output=True, text=True)
    print(report.stdout, end="")
    if report.returncode != 0:
        raise SystemExit(report.stderr)
    return network


def main(path=None):
    """Imports, feeds the first input once each 5 ms, and prints the spikes."""
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            source = Path(folder) / "small.yaml"
            source.write_text(SMALL)
            path = Path(folder) / "small.nir"
            subprocess.run([*neuromcu.find_program(), "export", str(source), "--out", str(path)], check=True, capture_output=True)
        with neuromcu.load(import_nir(path, folder)) as net:
            run = net.run("100 ms")
    for population, spikes in run.spikes.items():
        print(f"{population}: {len(spikes)} spikes, {spikes.rate:.1f} Hz")
    return run


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
