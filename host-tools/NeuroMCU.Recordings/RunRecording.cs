// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Recordings;

/// <summary>Everything that one run left behind.</summary>
public sealed record RunRecording
{
    /// <summary>Name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>Where it ran, for people: <c>virtual bench</c>, <c>reference</c>, or a device address.</summary>
    public required string RanOn { get; init; }

    /// <summary>Length of the run in µs of the network's time.</summary>
    public required long Duration { get; init; }

    /// <summary>Populations in order of their first neuron.</summary>
    public required IReadOnlyList<RecordedPopulation> Populations { get; init; }

    /// <summary>The spikes that arrived.</summary>
    public required SpikeRecord Spikes { get; init; }

    /// <summary>Membrane traces; empty when none was asked for.</summary>
    public IReadOnlyList<TraceRecord> Traces { get; init; } = [];

    /// <summary>Spikes that the engine produced for the record, whether they arrived or not.</summary>
    public required long Produced { get; init; }

    /// <summary>Spikes known to be missing: dropped on the device, or lost on the wire.</summary>
    public long Lost { get; init; }

    /// <summary>Everything that is missing, by cause.</summary>
    public LossAccount Losses { get; init; } = LossAccount.None;

    /// <summary>Why and when the run ended before its time, in words; null when it did not.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>What is missing, in words: the run ended early, or something was lost. Null when the recording is complete.</summary>
    public string? Incomplete
    {
        get
        {
            string[] missing = [.. Losses.Causes.Select(Losses.Describe)];
            return EndedEarly is null && missing.Length == 0 ? null
                : string.Join("; ", EndedEarly is null ? missing : [EndedEarly, .. missing]);
        }
    }

    /// <summary>Counters of the engine and the firmware at the end, in the order to show them.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counters { get; init; } = [];

    /// <summary>
    /// Populations of which values went beyond the range of the engine's arithmetic and were cut off, with how often: their spikes, and
    /// those of everything that they drive, may be wrong. Empty when there are none.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, long>> Saturations { get; init; } = [];

    /// <summary>False when the device did not tell: it is too old to count <see cref="Saturations" />, or the link broke.</summary>
    public bool CountsSaturations { get; init; } = true;

    /// <summary>The saturations in words: <c>values of cortex (12 times) were cut off at the end of the device's range</c>.</summary>
    public string SaturationLine => Saturations.Count == 0
        ? "no value was cut off"
        : "values of "
        + string.Join(", ",
            Saturations.Select(s => s.Key + (s.Value == 1 ? " (once)"
                : string.Create(CultureInfo.InvariantCulture, $" ({s.Value} times)"))))
            + " were cut off at the end of the device's range: spikes may be wrong";

    /// <summary>Events that the device served later than one step after their time.</summary>
    public long LateEvents { get; init; }

    /// <summary>The largest lateness in µs.</summary>
    public long MaxLateness { get; init; }

    /// <summary>Step of the network in µs; 0 when it is not known.</summary>
    public long Step { get; init; }

    /// <summary>The longer step in µs that a device went over to which could not keep <see cref="Step" />; null when it kept it.</summary>
    public long? LengthenedStep { get; init; }

    /// <summary>Whether neurons of the network are channels of a board, which fire in their own time.</summary>
    public bool HasPins { get; init; }

    /// <summary>What the read-outs of the network answered, by read-out; those without an answer are left out.</summary>
    public IReadOnlyList<ReadoutRecord> Readouts { get; init; } = [];

    /// <summary>What the device, or a check after the run, found wrong with channels and device.</summary>
    public IReadOnlyList<RunTrouble> Reported { get; init; } = [];

    /// <summary>How it came about, by name: network file and its hash, device, firmware, host, versions. Empty when nothing is
    /// known.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Origin { get; init; } = [];

    /// <summary>Lines that the device wrote.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>How much of the sound the device listened to; without sound where it has no microphones, or there was silence.</summary>
    public SoundShare Sound => SoundShare.Of(Counters);

    /// <summary>Everything that went wrong, the serious first: what is missing, what may be wrong, and what is worth a look.</summary>
    public IReadOnlyList<RunTrouble> Troubles => [.. Found().OrderByDescending(trouble => trouble.Serious)];

    /// <summary>The loss account in words: <c>0 lost of 1234</c>, or with what lost them.</summary>
    public string LossLine => Losses.IsComplete ? $"{Lost} lost of {Produced}" : Losses.Line(Produced);

    /// <summary>The part from a time on, as a recording that begins there. Counters and the loss account stay those of the whole.</summary>
    /// <param name="start">Time in µs that becomes 0.</param>
    /// <returns>The recording.</returns>
    public RunRecording From(long start)
    {
        int first = Array.FindIndex(Spikes.Times, t => t >= start);
        int skipped = first < 0 ? Spikes.Count : first;
        return this with
        {
            Duration = Math.Max(0, Duration - start),
            Spikes = new SpikeRecord(Array.ConvertAll(Spikes.Times[skipped..], t => t - start), Spikes.Neurons[skipped..]),
            Traces = [.. Traces.Select(t => t.From(start))],
        };
    }

    /// <summary>Finds the population of a neuron.</summary>
    /// <param name="neuron">Global neuron index.</param>
    /// <returns>Index into <see cref="Populations" />, or −1 when the neuron belongs to none.</returns>
    public int PopulationOf(int neuron) => PopulationOf(Populations, neuron);

    /// <summary>Finds the population of a neuron.</summary>
    /// <returns>Index into the populations, or −1 when the neuron belongs to none.</returns>
    internal static int PopulationOf(IReadOnlyList<RecordedPopulation> populations, int neuron)
    {
        int low = 0;
        int high = populations.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            RecordedPopulation population = populations[middle];
            if (neuron < population.First)
            {
                high = middle - 1;
            }
            else if (neuron >= population.First + population.Size)
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }

    private static string Milliseconds(long microseconds) => (microseconds / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + " ms";

    private IEnumerable<RunTrouble> Found()
    {
        if (EndedEarly is { } early)
        {
            yield return new RunTrouble(true, null, "the run is not whole: " + early, "run it again; 'neuromcu doctor' tests the line");
        }

        foreach (LossCause cause in Losses.Causes)
        {
            yield return new RunTrouble(true, null, Losses.Describe(cause), Losses.Advise(cause));
        }

        if (Saturations.Count > 0)
        {
            yield return new RunTrouble(true, null, SaturationLine,
                "'neuromcu compile' names the weights that can do it, and what to change");
        }

        foreach (RunTrouble trouble in Reported)
        {
            yield return trouble;
        }

        if (!CountsSaturations)
        {
            yield return new RunTrouble(false, null, "the device did not say whether it cut values off at the end of its range",
                "it is older than protocol 1.3, or the link broke");
        }

        if (LengthenedStep is { } longer)
        {
            yield return new RunTrouble(
                false, null, $"the device could not keep the step of {Milliseconds(Step)} and lengthened it to {Milliseconds(longer)}",
                "run fewer software neurons beside the channels");
        }

        if (LateEvents > 0)
        {
            string events = LateEvents == 1 ? "1 event was" : string.Create(CultureInfo.InvariantCulture, $"{LateEvents} events were");
            yield return new RunTrouble(
                false,
                null,
                $"{events} served late, by up to {Milliseconds(MaxLateness)}",
                HasPins ? "channels fire in their own time and are recorded in it"
                : "the recorded times are the network's own and not affected; --fast gives the device the time that it needs");
        }
    }
}
