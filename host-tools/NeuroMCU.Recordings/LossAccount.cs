// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Engine;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Recordings;

/// <summary>Everything that is missing of a run, or came too late to count, by cause. Nothing is lost that is not in it.</summary>
public sealed class LossAccount
{
    // A network with neurons at pins that is later than this many µs has driven them with what was over.
    private const long LatestDrive = 50_000;

    private readonly long[] _counts;

    // Places of the event queue of the device; 0 when they are not known.
    private readonly long _places;

    private LossAccount(long[] counts, long maxLateness, long places = 0)
    {
        _counts = counts;
        _places = places;
        MaxLateness = maxLateness;
    }

    /// <summary>Gets the account of a run of which nothing is missing.</summary>
    public static LossAccount None { get; } = new(new long[LossCause.All.Count], 0);

    /// <summary>Gets a value indicating whether nothing is missing and nothing came too late.</summary>
    public bool IsComplete => _counts.All(count => count == 0);

    /// <summary>Gets the number of spikes that are missing, whatever lost them.</summary>
    public long Spikes => LossCause.All.Where(cause => cause.IsSpikes).Sum(Of);

    /// <summary>Gets the number of spikes that were lost before the device could number them for the record.</summary>
    public long Unnumbered => LossCause.All.Where(cause => cause.IsSpikes && cause != LossCause.Record && cause != LossCause.Wire).Sum(Of);

    /// <summary>Gets the largest lateness of a network with neurons at pins in µs; 0 when it was no loss.</summary>
    public long MaxLateness { get; }

    /// <summary>Gets the causes that lost something, in a fixed order.</summary>
    public IReadOnlyList<LossCause> Causes => [.. LossCause.All.Where(cause => Of(cause) > 0)];

    /// <summary>Gets all counts under the names that documents use, zeros included.</summary>
    public IReadOnlyDictionary<string, long> ByName => LossCause.All.ToDictionary(cause => cause.Name, Of, StringComparer.Ordinal);

    /// <summary>Makes the account of a run on a device.</summary>
    /// <param name="report">How the run ended.</param>
    /// <param name="before">Counters of the device before the run; empty after a reset of the network.</param>
    /// <param name="after">Counters after it.</param>
    /// <param name="pins">Whether the network drives channels of the board with currents that change.</param>
    /// <param name="hears">Whether the network listens; the counter of sound is else that of one that ran before.</param>
    /// <returns>The account.</returns>
    public static LossAccount Of(
        RunReport report, IReadOnlyList<KeyValuePair<string, long>> before, IReadOnlyList<KeyValuePair<string, long>> after, bool pins,
        bool hears = true)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);

        // What is counted since the start of the run, and what goes on from run to run.
        long InRun(int index) => after.FirstOrDefault(counter => counter.Key == CounterIndex.Name(index)).Value;
        long Since(int index) => InRun(index) - before.FirstOrDefault(counter => counter.Key == CounterIndex.Name(index)).Value;
        bool late = pins && report.MaxLateness > LatestDrive;
        long[] counts = new long[LossCause.All.Count];
        void Set(LossCause cause, long count) => counts[cause.Index] = Math.Max(0, count);
        Set(LossCause.Record, report.Spikes.DroppedByDevice);
        Set(LossCause.Wire, report.Spikes.LostOnWire);
        Set(LossCause.Injections, Since(CounterIndex.InjectDrops));
        Set(LossCause.Events, Since(CounterIndex.QueueDrops));
        Set(LossCause.Board, InRun(CounterIndex.ChannelMissed));
        Set(LossCause.Samples, report.Samples.Lost);
        Set(LossCause.Frames, report.LostFrames);
        Set(LossCause.Sound, hears ? InRun(CounterIndex.SoundDrops) : 0);
        Set(LossCause.Stream, InRun(CounterIndex.StreamDrops));
        Set(LossCause.LateInjections, Since(CounterIndex.InjectLate));
        Set(LossCause.LateDrives, late ? report.LateEvents : 0);
        Set(LossCause.Log, Since(CounterIndex.LogDrops));
        Set(LossCause.Answers, Since(CounterIndex.AnswersReplaced));
        Set(LossCause.HubUnsent, Since(CounterIndex.HubUnsent));
        Set(LossCause.HubMissing, Since(CounterIndex.HubMissing));
        Set(LossCause.HubLate, Since(CounterIndex.HubLate));
        Set(LossCause.HubRefused, Since(CounterIndex.HubRefused));
        return new LossAccount(counts, late ? report.MaxLateness : 0, InRun(CounterIndex.QueueCapacity));
    }

    /// <summary>Makes the account of a run of the engine on the host.</summary>
    /// <param name="engine">The engine, at its end.</param>
    /// <returns>The account.</returns>
    public static LossAccount Of(NetworkEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        long[] counts = new long[LossCause.All.Count];
        counts[LossCause.Record.Index] = engine.Spikes.Dropped;
        counts[LossCause.Events.Index] = engine.Counters.QueueDrops;
        counts[LossCause.Samples.Index] = engine.Traces.Dropped;
        return new LossAccount(counts, 0);
    }

    /// <summary>Makes the account of measurements of a board, whose spikes can be lost on the board only.</summary>
    /// <param name="spikes">Spikes that the board lost.</param>
    /// <returns>The account.</returns>
    public static LossAccount OfBoard(long spikes)
    {
        long[] counts = new long[LossCause.All.Count];
        counts[LossCause.Board.Index] = spikes;
        return new LossAccount(counts, 0);
    }

    /// <summary>Makes the account that a document holds.</summary>
    /// <param name="counts">Counts by the names of the causes; names that this version does not know are left out.</param>
    /// <param name="maxLateness">Largest lateness in µs of a network with neurons at pins.</param>
    /// <returns>The account.</returns>
    public static LossAccount OfNames(IEnumerable<KeyValuePair<string, long>> counts, long maxLateness)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Dictionary<string, long> byName = new(counts, StringComparer.Ordinal);
        return new LossAccount([.. LossCause.All.Select(cause => byName.GetValueOrDefault(cause.Name))], maxLateness);
    }

    /// <summary>Adds the accounts of several runs.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <returns>Their sum, with the largest lateness.</returns>
    public static LossAccount Sum(IEnumerable<LossAccount> accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        LossAccount[] all = [.. accounts];
        long[] counts = [.. LossCause.All.Select(cause => all.Sum(account => account.Of(cause)))];
        return new LossAccount(counts, all.Length == 0 ? 0 : all.Max(account => account.MaxLateness));
    }

    /// <summary>Gets how much one cause lost.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>A count of what the cause loses: spikes, samples, events.</returns>
    public long Of(LossCause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return _counts[cause.Index];
    }

    /// <summary>Says what one cause lost: <c>12 spikes found the record of the device full</c>.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>The sentence.</returns>
    public string Describe(LossCause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        long count = Of(cause);
        string text = string.Create(CultureInfo.InvariantCulture, $"{count} {cause.Noun}{(count == 1 ? string.Empty : "s")} {cause.What}");
        return cause == LossCause.LateDrives ? string.Create(CultureInfo.InvariantCulture,
            $"{text}, by up to {MaxLateness / 1000.0:0} ms") : text;
    }

    /// <summary>Says what to do, or to type, against what one cause lost.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>The advice.</returns>
    public string Advise(LossCause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause == LossCause.Events && _places > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"write 'capacity: {{queue: {2 * _places}}}' into the network file, twice the {_places} that were full, and run it again")
            : cause.Advice;
    }

    /// <summary>The account in one line: <c>0 lost of 1234</c>, or with what lost them.</summary>
    /// <param name="produced">All spikes that there were.</param>
    /// <returns>The line.</returns>
    public string Line(long produced)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{Spikes} lost of {produced}");
        return IsComplete ? line : line + ": " + string.Join("; ", Causes.Select(Describe));
    }
}
