// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Models;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>
/// The first task: from which of seven directions a recording comes, by the coincidence neurons of the shipped network. Spikes of all fine
/// bands are summed for each place, and places into eight pools.
/// </summary>
public static class DirectionPresentations
{
    /// <summary>Pools, one for each row.</summary>
    public const int Pools = 8;

    /// <summary>Directions in degrees, one for each column.</summary>
    public static IReadOnlyList<int> Azimuths { get; } = [-60, -40, -20, 0, 20, 40, 60];

    /// <summary>Listens to the shipped recordings of these directions.</summary>
    /// <returns>One presentation for each recording, in their order, with the answer of the existing read-out in degrees.</returns>
    public static IReadOnlyList<(Presentation Shown, double Heard)> Shipped()
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Load(ShippedExample.Network));
        IndexedRecording[] recordings =
            [.. RecordingIndex.Read(ShippedExample.Recordings).Where(r => Azimuths.Contains((int)r.Azimuth))];
        return [.. recordings.AsParallel().AsOrdered().Select(r => Hear(network, r))];
    }

    private static (Presentation Shown, double Heard) Hear(CompiledNetwork network, IndexedRecording recording)
    {
        OfflineListener listener = new(ImageReader.Read(network.Image, 0, network.Image.Length, ModelList.All));
        NetworkTables tables = network.Tables;
        ReadoutTable readout = tables.Readouts.First(r => r.Kind == ReadoutKind.Direction);
        int[][] counts = [.. readout.Populations
            .Where(p => network.Network.Populations[p].Name.StartsWith("band", StringComparison.Ordinal))
            .Select(listener.Engine.SpikeCounts)];
        StereoSound sound = WavReader.Read(recording.Path);
        double heard = listener.Hear(PcmSound.Of(sound, tables.Hearing[0].SampleRate)).Value / 100.0;
        int[] places = [.. Enumerable.Range(0, counts[0].Length).Select(k => counts.Sum(c => c[k]))];
        Presentation shown = new(recording.Sound, Presentation.Pool(places, Pools), Azimuths.ToList().IndexOf((int)recording.Azimuth));
        return (shown, heard);
    }
}
