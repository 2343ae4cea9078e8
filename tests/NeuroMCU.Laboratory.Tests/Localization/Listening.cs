// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Image;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Models;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>The shipped network, the shipped recordings, and ears to hear them with.</summary>
internal static class Listening
{
    private static readonly Lazy<CompiledNetwork> s_network = new(() => NetworkCompiler.Compile(NetworkFile.Load(ShippedExample.Network)));

    public static CompiledNetwork Network => s_network.Value;

    public static IReadOnlyList<IndexedRecording> Recordings { get; } = RecordingIndex.Read(ShippedExample.Recordings);

    public static IEnumerable<IndexedRecording> Of(string sound, string condition = "clean") =>
        Recordings.Where(r => string.Equals(r.Sound, sound, StringComparison.Ordinal)
            && string.Equals(r.Condition, condition, StringComparison.Ordinal));

    public static OfflineListener Open()
    {
        byte[] image = Network.Image;
        return new OfflineListener(ImageReader.Read(image, 0, image.Length, ModelList.All));
    }

    /// <summary>Mean and largest absolute error in degrees over recordings, each changed by a function.</summary>
    public static (double Mean, double Max) Error(IEnumerable<IndexedRecording> recordings, Func<StereoSound, StereoSound>? change = null)
    {
        OfflineListener listener = Open();
        double[] errors = recordings.Select(r =>
        {
            StereoSound sound = WavReader.Read(r.Path);
            DirectionReadout heard = listener.Hear(PcmSound.Of(change == null ? sound : change(sound), 8000));
            return Math.Abs((heard.Value / 100.0) - r.Azimuth);
        }).ToArray();
        return (errors.Average(), errors.Max());
    }

    public static StereoSound Changed(StereoSound sound, Func<float, float> change) =>
        new(sound.SampleRate, Array.ConvertAll(sound.Left, s => change(s)), Array.ConvertAll(sound.Right, s => change(s)));
}
