// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>Channels of a board follow the waveforms of their drive as the same neurons do in software.</summary>
public sealed class BoardWaveformTests(CalibratedBoards boards) : IClassFixture<CalibratedBoards>
{
    private const double Window = 0.25;

    private static readonly string[] s_waveforms =
    [
        "step: {amplitude: 30 uA, start: 500 ms, stop: 1500 ms}",
        "ramp: {amplitude: 40 uA, start: 200 ms, stop: 1800 ms, every: 100 ms}",
        "triangle: {amplitude: 20 uA, period: 1 s, every: 100 ms}",
        "sine: {amplitude: 15 uA, frequency: 2 Hz, every: 100 ms}",
        "pulses: {amplitude: 30 uA, width: 100 ms, period: 400 ms}",
        "noise: {sd: 5 uA, every: 100 ms, seed: 3}",
        "csv: {file: 'FILE', every: 100 ms}",
    ];

    [Fact]
    public async Task Each_waveform_drives_a_channel_as_it_drives_a_neuron_in_software()
    {
        string folder = Directory.CreateTempSubdirectory("neuromcu-wave").FullName;
        try
        {
            string file = Path.Combine(folder, "wave.csv");
            await File.WriteAllTextAsync(file, "time_ms,value_uA\n0,0\n500,0\n1000,30\n2000,-5\n");
            RunRecording onBoard = await boards.RunAsync(NetworkFile.Parse(Text(file, "board: thyristor-8\n", true), "board.yaml"), 2, null);
            CompiledNetwork software = NetworkCompiler.Compile(NetworkFile.Parse(Text(file, string.Empty, false), "software.yaml"));
            RunRecording inSoftware = EngineRun.Run(software, software.Network.Duration);
            for (int n = 0; n < s_waveforms.Length; n++)
            {
                int[] wanted = Counts(inSoftware, n);
                Assert.True(wanted.Max() - wanted.Min() > 5, s_waveforms[n]);
                Assert.Equal(wanted, Counts(onBoard, n), (a, b) => Math.Abs(a - b) <= 2);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int[] Counts(RunRecording run, int neuron)
    {
        double[] spikes = Trains.Of(run, neuron);
        return [.. Enumerable.Range(0, 8).Select(w => spikes.Count(t => t >= w * Window && t < (w + 1) * Window))];
    }

    private static string Text(string file, string board, bool channels)
    {
        string on = channels ? ", channels: [" + string.Join(", ", s_waveforms.Select((_, i) => $"n{i + 1}")) + "]" : string.Empty;
        IEnumerable<string> inputs = s_waveforms.Select((w, i) => "  - {to: cells, "
            + w.Replace("FILE", file, StringComparison.Ordinal).Replace("}", $", neurons: [{i}]}}", StringComparison.Ordinal) + "}\n");
        return "neuromcu: 1\nduration: 2 s\nstep: 1 ms\n" + board
            + $"populations:\n  cells: {{model: thyristor, size: {s_waveforms.Length}, preset: w25, bias: 50 uA{on}}}\ninputs:\n"
            + string.Concat(inputs);
    }
}
