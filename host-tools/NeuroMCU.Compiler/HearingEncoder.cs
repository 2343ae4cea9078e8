// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Units;
using NeuroMCU.Hearing;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>
/// Encodes the front end of <see cref="FrontEnd" />: phase-locked spikes from two resonators per band. docs/reference/network-file.md
/// lists the parameters.
/// </summary>
internal sealed class HearingEncoder : IHearingFrontEnd
{
    private const int InputShift = 3;
    private const double MicrosPerSecond = 1e6;

    /// <inheritdoc />
    public int[] Encode(MicrophonePair hearing, ICollection<Diagnostic> report)
    {
        ArgumentNullException.ThrowIfNull(hearing);
        ArgumentNullException.ThrowIfNull(report);
        int errors = report.Count;
        HearingSettings settings = new(hearing, report);
        double block = settings.One("block", Dimension.Time, 1e3, HearingLayout.MaxBlockMicroseconds, 100e3);
        int[] head = new int[HearingLayout.HeadLength];
        head[HearingLayout.BlockFrames] = Frames(block, hearing.SampleRate);
        head[HearingLayout.SpikesPerBlock] = (int)settings.One("spikes_per_block", Dimension.None, 1, 64, 4);
        head[HearingLayout.Floor] = (int)settings.One("floor", Dimension.None, 1, 1 << 24, 64);
        head[HearingLayout.Silence] = (int)settings.One("silence", Dimension.None, 0, short.MaxValue, 4);
        head[HearingLayout.InputShift] = InputShift;
        head[HearingLayout.OnsetRatio] = (int)settings.One("onset_ratio", Dimension.None, 1, 1 << 16, 4);
        head[HearingLayout.QuietBlocks] = Blocks(settings.One("pause", Dimension.Time, 1e3, 10e6, 300e3), block);
        head[HearingLayout.LongestSound] = Blocks(settings.One("longest_sound", Dimension.Time, 10e3, 60e6, 3e6), block);
        head[HearingLayout.Bands] = hearing.Left.Size;
        double heard = Math.Min(block, settings.One("heard", Dimension.Time, 1e3, HearingLayout.MaxBlockMicroseconds, block));
        head[HearingLayout.HeardFrames] = Frames(heard, hearing.SampleRate);
        double lead = settings.One("lead", Dimension.Time, 0, HearingLayout.MaxBlockMicroseconds, 5e3);
        bool whole = head[HearingLayout.HeardFrames] >= head[HearingLayout.BlockFrames];
        head[HearingLayout.LeadFrames] = whole ? 0 : Frames(lead, hearing.SampleRate);
        head[HearingLayout.HeardEvery] = (int)settings.One("heard_every", Dimension.None, 1, 1000, 1);
        int spikes = head[HearingLayout.SpikesPerBlock];
        head[HearingLayout.LastingSpikes] = (int)Math.Min(spikes, settings.One("lasting_spikes", Dimension.None, 1, 64, spikes));
        double first = settings.One("first_answer", Dimension.Time, 0, 60e6, 0);
        head[HearingLayout.FirstAnswer] = first > 0 ? Blocks(first, block) : 0;
        head[HearingLayout.AnswerEvery] = Blocks(settings.One("answer_every", Dimension.Time, 1e3, 60e6, 300e3), block);

        double half = hearing.SampleRate / 2.0;
        double[] low = settings.PerBand("low_resonance", Dimension.Frequency, 20, half);
        double[] high = settings.PerBand("high_resonance", Dimension.Frequency, 20, half);
        double[] width = settings.PerBand("bandwidth", Dimension.Frequency, 20, half);
        double[] shortest = settings.PerBand("shortest_period", Dimension.None, 0.1, 1);
        double[] longest = settings.PerBand("longest_period", Dimension.None, 1, 10);
        double[] envelope = settings.PerBand("envelope", Dimension.None, 0, 1);
        settings.Finish();
        if (report.Count > errors)
        {
            return [];
        }

        IEnumerable<int> bands = Enumerable.Range(0, hearing.Left.Size)
            .SelectMany(i => new BandDesign(hearing.SampleRate, low[i], high[i], width[i], shortest[i], longest[i],
                envelope[i] > 0).Record(InputShift));
        int[] parameters = [.. head, .. bands];
        RequireValid(hearing, parameters, report);
        return parameters;
    }

    private static int Frames(double time, int rate) => 4 * (int)Math.Round(time * rate / MicrosPerSecond / 4);

    private static int Blocks(double time, double block) => Math.Max(1, (int)Math.Round(time / block));

    private static void RequireValid(MicrophonePair hearing, int[] parameters, ICollection<Diagnostic> report)
    {
        try
        {
            _ = new FrontEnd(new HearingTable { SampleRate = hearing.SampleRate, Parameters = parameters });
        }
        catch (ImageException)
        {
            report.Add(Diagnostic.At(
                hearing.Location,
                string.Create(CultureInfo.InvariantCulture, $"the device cannot filter at {hearing.SampleRate} Hz with these parameters"),
                "use a sample rate that divides 16 MHz (8, 10, 16 or 32 kHz), a block of whole microseconds up to 120 ms, up to 16 "
                + "bands with a bandwidth of a few hundred Hz"));
        }
    }
}
