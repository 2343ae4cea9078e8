// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Results;

/// <summary>What the read-outs of a run answered, for people.</summary>
internal static class ReadoutText
{
    /// <summary>Writes a line for each answer, in the order of their times.</summary>
    public static void Say(VerbContext context, RunRecording run)
    {
        foreach ((ReadoutRecord readout, ReadoutValue value) in run.Readouts.SelectMany(r => r.Values.Select(v => (r, v)))
            .OrderBy(v => v.v.Time))
        {
            // A direction is that of a sound, which begins at the time of the answer.
            string when = readout.Unit == "deg"
                ? string.Create(CultureInfo.InvariantCulture, $"of the sound from {value.Time / 1e6:0.0##} s")
                : "at " + Figures.Time(value.Time);
            if (value.Valid)
            {
                context.WriteLine($"{readout.Name} {readout.Text(value.Value)} {when} (confidence {Figures.Share(value.Confidence)})");
            }
            else if (value.Doubt != Doubt.None)
            {
                context.WriteLine($"{readout.Name} unsure {when}: {DoubtSentence.Of(value.Doubt)}");
            }
        }
    }
}
