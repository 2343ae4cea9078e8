// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Api.Sessions;

/// <summary>What programs read of a run that has ended.</summary>
internal static class RunDocument
{
    public static object Of(KeptRun kept)
    {
        RunRecording run = kept.Recording;
        return new
        {
            Type = "run_ended",
            Recording = kept.Id,
            kept.Device,
            kept.Run,
            Made = kept.Made.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            run.Network,
            run.RanOn,
            TimeUs = run.Duration,
            Complete = run.Incomplete is null,
            run.Incomplete,
            Spikes = run.Spikes.Count,
            run.Produced,
            LostSpikes = run.Lost,
            Losses = run.Losses.ByName,
            Saturations = run.CountsSaturations ? run.Saturations.ToDictionary(s => s.Key, s => s.Value) : null,
            run.LateEvents,
            MaxLatenessUs = run.MaxLateness,
            LengthenedStepUs = run.LengthenedStep,
            Troubles = run.Troubles.Select(t => new { t.Serious, TimeUs = t.Time, Text = t.What, Next = t.Advice }),
            Populations = PopulationActivity.Of(run).Where(a => a.Population.Recorded).Select(a => new
            {
                a.Population.Name,
                a.Population.First,
                a.Population.Size,
                a.Spikes,
                RateHz = a.MeanRate,
            }),
            Traces = run.Traces.Select(t => new { t.Name, t.Neuron, t.Unit, Samples = t.Times.Length }),
            Readouts = run.Readouts.Select(r => new { r.Name, r.Unit, Answers = r.Values.Count(v => v.Valid) }),
        };
    }
}
