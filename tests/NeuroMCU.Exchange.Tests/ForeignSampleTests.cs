// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Exchange.Tests;

/// <summary>
/// Files laid out as other programs lay them out, written by Python's h5py and struct and not by a library of this project; what they must
/// give is worked out in the same script. Left out where Debian's python3-h5py is missing.
/// </summary>
public sealed class ForeignSampleTests : IDisposable
{
    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>
    /// As <c>nir.write</c> writes what snnTorch exports: gzip, float32, names as variable-length strings, tau = dt/(1 - beta) and
    /// r = tau/dt with dt = 0.1 ms. The script takes the steps of snn.Leaky (reset to zero) for a layer of 5 behind one of 6.
    /// </summary>
    [Fact]
    public void A_network_as_snnTorch_exports_it_fires_where_its_own_steps_do()
    {
        const string Script = """
            import sys, h5py, numpy as np
            rng = np.random.default_rng(7)
            dt, beta = 1e-4, np.array([0.9, 0.8], dtype=np.float32)
            sizes = [4, 6, 5]
            w = [rng.normal(0.35, 0.5, (sizes[k + 1], sizes[k])).astype(np.float32) for k in range(2)]
            b = [rng.normal(0, 0.02, sizes[k + 1]).astype(np.float32) for k in range(2)]
            with h5py.File(sys.argv[1], 'w') as f:
                f.create_dataset('version', data='1.0.6', dtype=h5py.string_dtype())
                top = f.create_group('node')
                top.create_dataset('type', data='NIRGraph', dtype=h5py.string_dtype())
                nodes = top.create_group('nodes')
                def node(name, kind, **fields):
                    g = nodes.create_group(name)
                    g.create_dataset('type', data=kind, dtype=h5py.string_dtype())
                    for k, v in fields.items():
                        g.create_dataset(k, data=v, compression='gzip') if np.ndim(v) else g.create_dataset(k, data=v)
                node('input', 'Input', shape=np.array([sizes[0]]))
                for k in range(2):
                    n = sizes[k + 1]
                    tau = np.full(n, dt / (1 - beta[k]), dtype=np.float32)
                    node(f'fc{k}', 'Affine', weight=w[k], bias=b[k])
                    node(f'lif{k}', 'LIF', tau=tau, r=(tau / dt).astype(np.float32), v_leak=np.zeros(n, dtype=np.float32),
                        v_threshold=np.ones(n, dtype=np.float32), v_reset=np.zeros(n, dtype=np.float32))
                node('output', 'Output', shape=np.array([sizes[2]]))
                edges = [('input', 'fc0'), ('fc0', 'lif0'), ('lif0', 'fc1'), ('fc1', 'lif1'), ('lif1', 'output')]
                top.create_dataset('edges', data=np.array(edges, dtype=object), dtype=h5py.string_dtype())
            spikes = rng.random((400, sizes[0])) < 0.2
            mem = [np.zeros(n) for n in sizes[1:]]
            for step, now in enumerate(spikes):
                for i in np.flatnonzero(now):
                    print('in', step, i)
                x = now.astype(float)
                for k in range(2):
                    mem[k] = beta[k].astype(float) * mem[k] + w[k].astype(float) @ x + b[k]
                    x = (mem[k] > 1).astype(float)
                    mem[k][x > 0] = 0
                    for n in np.flatnonzero(x):
                        print(k, step, n)
            """;
        string path = _files.Path("trained.nir");
        (string Kind, int Step, int Neuron)[] rows = [.. Python(Script, path).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ')).Select(p => (p[0], int.Parse(p[1], CultureInfo.InvariantCulture), int.Parse(p[2],
                CultureInfo.InvariantCulture)))];
        File.WriteAllText(_files.Path("in.csv"), "index,time_us\n" + string.Concat(rows.Where(r => r.Kind == "in")
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Neuron},{(r.Step + 1) * 100}\n"))));
        NirImport import = NirImport.Read(path, "net", new NirOptions { Duration = 40_000, Spikes = "in.csv" });
        Assert.Equal((100, NirDecay.Euler), (import.Step, import.Decay));
        foreach ((string name, string text) in import.Tables)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(name))!);
            File.WriteAllText(_files.Path(name), text);
        }

        RunRecording run = new ReferenceSimulator(NetworkFile.Parse(import.Text, _files.Path("net.yaml"))).Run(40_000);
        foreach (int layer in new[] { 0, 1 })
        {
            RecordedPopulation of = run.Populations.Single(p => p.Name == "lif" + layer.ToString(CultureInfo.InvariantCulture));
            // What a layer fires reaches the next one a step later: an axon has no delay of nothing.
            (int, int)[] wanted = [.. rows.Where(r => r.Kind == layer.ToString(CultureInfo.InvariantCulture))
                .Select(r => (r.Step + layer, r.Neuron)).Where(r => r.Item1 < 399)];
            (int, int)[] found = [.. Enumerable.Range(0, run.Spikes.Count).Where(i => of.Contains(run.Spikes.Neurons[i]))
                .Select(i => ((int)(run.Spikes.Times[i] / 100) - 1, run.Spikes.Neurons[i] - of.First)).Where(r => r.Item1 < 399).Order()];
            Assert.True(wanted.Length > 50, $"{wanted.Length} spikes");
            Assert.Equal(wanted, found);
        }
    }

    /// <summary>As Neo's NWBIO lays out its spike trains: units without populations, further columns, times from another zero.</summary>
    [Fact]
    public void Units_as_Neo_writes_them_are_read()
    {
        const string Script = """
            import sys, h5py, numpy as np
            trains = [[0.5, 1.25], [], [0.1, 0.100001, 7.0]]
            with h5py.File(sys.argv[1], 'w') as f:
                f.attrs.update({'namespace': 'core', 'neurodata_type': 'NWBFile', 'nwb_version': '2.6.0', 'object_id': 'a'})
                f['session_description'] = 'neo'
                f['identifier'] = 'x'
                u = f.create_group('units')
                u.attrs.update({'colnames': np.array(['spike_times', 'nwb_group', 'obs_intervals'], dtype=object), 'description': 'units',
                    'namespace': 'core', 'neurodata_type': 'Units', 'object_id': 'b'})
                t = u.create_dataset('spike_times', data=np.concatenate([np.array(x, dtype='f8') for x in trains]))
                t.attrs.update({'namespace': 'hdmf-common', 'neurodata_type': 'VectorData', 'description': 's', 'object_id': 'c'})
                i = u.create_dataset('spike_times_index', data=np.cumsum([len(x) for x in trains]).astype('u1'))
                i.attrs.update({'namespace': 'hdmf-common', 'neurodata_type': 'VectorIndex', 'target': t.ref, 'object_id': 'd'})
                u['id'] = np.arange(3)
                u.create_dataset('nwb_group', data=['g'] * 3, dtype=h5py.string_dtype())
                u['obs_intervals'] = np.array([[0.0, 8.0]] * 3)
            """;
        string path = _files.Path("neo.nwb");
        Python(Script, path);
        RunRecording run = RecordingFile.Read(path);
        Assert.Equal([(100_000, 2), (100_001, 2), (500_000, 0), (1_250_000, 0), (7_000_000, 2)],
            Enumerable.Range(0, run.Spikes.Count).Select(k => (run.Spikes.Times[k], run.Spikes.Neurons[k])).Order());
        Assert.Equal(3, run.Populations.Sum(p => p.Size));
    }

    /// <summary>As jAER writes a file: its comment lines with CR LF, addresses of a DVS128 (x reversed, y, polarity), times that begin
    /// late.</summary>
    [Fact]
    public void Events_as_jAER_writes_them_are_read()
    {
        const string Script = """
            import sys, struct
            head = ('#!AER-DAT2.0\r\n# This is a raw AE data file - do not edit\r\n# Data format is int32 address, int32 timestamp (8 bytes '
                'total), repeated for each event\r\n# Timestamps tick is 1 us\r\n# created Thu Nov 30 12:00:00 CET 2026\r\n'
                '# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n')
            with open(sys.argv[1], 'wb') as f:
                f.write(head.encode())
                for x, y, on, t in [(3, 5, 1, 2000000), (127, 0, 0, 2000010), (3, 5, 1, 2000010), (0, 127, 1, 2500000)]:
                    f.write(struct.pack('>Ii', (y << 8) | ((127 - x) << 1) | (1 - on), t))
            """;
        string path = _files.Path("jaer.aedat");
        Python(Script, path);
        RunRecording run = RecordingFile.Read(path);
        Assert.Equal(4, run.Spikes.Count);
        Assert.Equal([2_000_000, 2_000_010, 2_000_010, 2_500_000], run.Spikes.Times);
        Assert.Equal(run.Spikes.Neurons[0], run.Spikes.Neurons.Skip(1).Single(n => n == run.Spikes.Neurons[0]));
        Assert.Equal(3, run.Spikes.Neurons.Distinct().Count());
    }

    private static string Python(string script, string path)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3") && Call("-c", "import h5py, numpy").Code == 0,
            "Debian's python3-h5py is not installed: apt-get install python3-h5py");
        (int code, string text) = Call("-c", script, path);
        Assert.True(code == 0, text);
        return text;
    }

    private static (int Code, string Text) Call(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.GetAwaiter().GetResult());
    }
}
