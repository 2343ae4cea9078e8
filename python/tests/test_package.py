"""The package against a real server. NEUROMCU names the program; without it the one of the clone is used."""

import contextlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path

import numpy as np

import neuromcu

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class PackageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # A server that this process starts, with the user's folders out of the way.
        cls.home = tempfile.TemporaryDirectory()
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
            os.environ[name] = cls.home.name
        os.environ.pop("NEUROMCU_URL", None)
        cls.server = neuromcu.connect()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.home.cleanup()

    def chain(self):
        net = neuromcu.load(EXAMPLES / "first-network.yaml")
        self.addCleanup(net.close)
        return net

    def test_spikes_fall_where_the_file_says(self):
        run = self.chain().run("100 ms")
        self.assertTrue(run.complete)
        self.assertEqual(0.1, run.duration)
        # A kick at 10 and 50 ms, 1 ms to the first neuron, 5 ms from one to the next.
        np.testing.assert_allclose(run.spikes["chain"].times, [0.011, 0.016, 0.021, 0.051, 0.056, 0.061])
        np.testing.assert_array_equal(run.spikes["chain"].neurons, [0, 1, 2, 0, 1, 2])
        np.testing.assert_allclose(run.spikes["kick"].trains[0], [0.01, 0.05])
        self.assertAlmostEqual(20.0, run.spikes["chain"].rate)

    def test_traces_have_their_unit(self):
        trace = self.chain().run("20 ms").traces["chain[0]"]
        self.assertEqual("mV", trace.unit)
        self.assertAlmostEqual(-65, trace.values[5], places=3)
        self.assertEqual(0.005, trace.times[5])

    def test_the_same_run_gives_the_same_spikes(self):
        with neuromcu.load(EXAMPLES / "random-100.yaml") as net:
            first, second = net.run(0.2), net.run(0.2)
        np.testing.assert_array_equal(first.arrays["time_us"], second.arrays["time_us"])
        np.testing.assert_array_equal(first.arrays["neuron"], second.arrays["neuron"])
        self.assertGreater(len(first.arrays["neuron"]), 100)

    def test_a_weight_acts_at_once(self):
        net = self.chain()
        weights = net.weights("links")
        self.assertEqual((3, 3), weights.matrix.shape)
        self.assertTrue(np.isnan(weights.matrix[0, 0]))
        weights[0, 1] = 12
        self.assertAlmostEqual(12, weights[0, 1], places=2)
        np.testing.assert_allclose(net.run("100 ms").spikes["chain"].times, [0.011, 0.051])
        weights.write(16.0)
        self.assertEqual(6, len(net.run("100 ms").spikes["chain"]))
        with self.assertRaises(KeyError):
            weights[2, 0]
        with self.assertRaises(ValueError):
            weights.write(np.zeros((2, 2)))

    def test_two_hands_on_one_weight(self):
        net = self.chain()
        mine, other = net.weights("links"), net.weights("links")
        other[0, 1] = 10
        with self.assertRaises(neuromcu.ConflictError) as refused:
            mine.write(11.0, exclusive=True)
        self.assertEqual(412, refused.exception.status)
        self.assertAlmostEqual(10, net.weights("links")[0, 1], places=2)

    def test_parameters_move_and_weights_stay(self):
        net = self.chain()
        net.weights("links")[0, 1] = 12
        self.assertEqual("20 ms", net.parameters["populations.chain.tau"])
        net.set({"populations.chain.tau": "10 ms"})
        self.assertEqual("10 ms", net.parameters["populations.chain.tau"])
        self.assertAlmostEqual(12, net.weights("links")[0, 1], places=2)

    def test_a_watched_variable_is_recorded(self):
        net = self.chain()
        net.watch(("chain", 1, "membrane"))
        self.assertIn("chain[1]", net.run("10 ms").traces)

    def test_errors_name_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "wrong.yaml"
            path.write_text("neuromcu: 1\npopulations:\n  c: {model: lif, size: 1, tau: 20, threshold: 1}\n")
            with self.assertRaises(neuromcu.NetworkFileError) as wrong:
                neuromcu.load(path)
        self.assertEqual(str(path), wrong.exception.file)
        self.assertEqual(3, wrong.exception.line)
        self.assertIn(f"{path}:3:", str(wrong.exception))
        self.assertIn("20 ms", wrong.exception.diagnostics[0].next)

    def test_unknown_names_get_a_word(self):
        net = self.chain()
        with self.assertRaises(neuromcu.ApiError) as unknown:
            net.weights("link")
        self.assertIn("links", str(unknown.exception))
        with self.assertRaises(neuromcu.ApiError):
            net.inject("chain", 0)
        with self.assertRaises(neuromcu.ApiError):
            net.run("5 mV")

    def test_the_stream_has_every_spike(self):
        net = self.chain()
        times, neurons, ended = [], [], threading.Event()
        with net.stream() as stream:
            net.start("100 ms")
            for event in stream:
                if isinstance(event, neuromcu.SpikeBatch):
                    times.extend(event.times)
                    neurons.extend(event.neurons)
                elif isinstance(event, dict) and event["type"] == "run_ended":
                    ended.set()
                    break
            self.assertEqual(0, stream.missed)
        self.assertTrue(ended.is_set())
        self.assertEqual(8, len(times))
        self.assertEqual({0, 1, 2, 3}, set(int(n) for n in neurons))

    def test_injected_spikes_arrive(self):
        net = self.chain()
        self.assertEqual(1, net.inject("kick", 0, time=0.15))
        # The injected spike waits in the device; a reset would take it away.
        run = net.run("200 ms", reset=False)
        self.assertIn(0.151, np.round(run.spikes["chain"].of(0), 6))

    def test_recordings_are_saved_in_every_format(self):
        run = self.chain().run("100 ms")
        with tempfile.TemporaryDirectory() as folder:
            for ending in (".npz", ".csv", ".nwb", ".h5", ".aedat", ".html"):
                path = Path(folder) / ("run" + ending)
                run.save(path)
                self.assertGreater(path.stat().st_size, 100)
            with self.assertRaises(neuromcu.ApiError):
                run.save(Path(folder) / "run.doc")

    def test_nodes_are_programmed_pulsed_and_remembered(self):
        device = neuromcu.open_device("virtual", board="virtual-array", seed=7)
        self.addCleanup(device.close)
        nodes = device.nodes()
        self.assertEqual(((8, 8), 64), (nodes.siemens.shape, len(nodes)))
        targets = np.full((8, 8), np.nan)
        targets[1, 2] = 0.3 * nodes.full_scale
        for number in range(64):
            if nodes.modes[number] == "volatile":
                nodes.set(number, masked=True)
        before = len(nodes.history(10))
        with self.assertRaises(neuromcu.DeviceError) as refused:
            nodes.pulse(10, 1000.0, "1 us")
        self.assertNotEqual("", str(refused.exception))
        with self.assertRaises(ValueError):
            nodes.program(np.zeros((2, 2)))
        if nodes.modes[10] == "keeping":
            made = nodes.program(targets)
            self.assertEqual(1, made["reached"])
            self.assertAlmostEqual(0.3, nodes.siemens[1, 2] / nodes.full_scale, delta=0.03)
            self.assertGreater(len(nodes.history(10)), before)

    def test_a_board_without_nodes_has_none(self):
        net = self.chain()
        self.assertEqual(0, len(net.device.nodes()))
        with self.assertRaises(neuromcu.ConflictError):
            net.device.nodes().pulse(0, 1.0, "1 us")

    def test_the_wheel_holds_the_whole_package(self):
        python = Path(__file__).resolve().parents[1]
        with tempfile.TemporaryDirectory() as folder:
            name = load_script(python / "wheel_backend.py").build_wheel(folder)
            with zipfile.ZipFile(Path(folder) / name) as wheel:
                wheel.extractall(folder)
            for path in (python / "neuromcu").glob("*.py"):
                self.assertEqual(path.read_bytes(), (Path(folder) / "neuromcu" / path.name).read_bytes())
            metadata = (Path(folder) / f"neuromcu-{neuromcu.__version__}.dist-info" / "METADATA").read_text(encoding="utf-8")
            self.assertIn("Requires-Dist: numpy", metadata)
            subprocess.run([sys.executable, "-c", "import neuromcu; neuromcu.load"], cwd=folder, check=True)

    def test_the_detector_that_brian2_trained_works_on_the_board(self):
        right, count, run = example("brian2_pattern").run(count=20)
        self.assertEqual(count, right)
        self.assertTrue(run.complete)

    def test_the_ring_in_the_manner_of_pynn_goes_round(self):
        run = example("pynn_style").ring(8).run(100.0)
        # 5 ms, 1 ms to the first cell, 4 ms from one to the next.
        for k in range(8):
            np.testing.assert_allclose(run.spikes["cells"].of(k), [0.006 + 0.004 * k + 0.032 * lap for lap in range(3)])

    def test_a_file_of_another_program_loads_as_it_is(self):
        net = neuromcu.load(EXAMPLES / "exchange" / "trained.nir")
        self.addCleanup(net.close)
        self.assertEqual(32, net.populations["hidden"])
        with self.assertRaisesRegex(KeyError, "there are: input, hidden"):
            net.run("1 ms").spikes["hiden"]

    def test_a_nir_file_runs(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            run = example("nir_file").main()
        self.assertIn("exact", said.getvalue())
        self.assertEqual(19, len(run.spikes["inputs"]))
        self.assertGreater(len(run.spikes["hidden"]), 0)


def example(name):
    """Loads a script of the examples."""
    return load_script(Path(__file__).resolve().parents[1] / "examples" / f"{name}.py")


def load_script(path):
    """Loads a script by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    unittest.main()
