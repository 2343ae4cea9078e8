// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>
/// The array of a device, virtual or real: formed, surveyed and brought to the level of the beginning by the device, and taught by it.
/// The host only shows presentations.
/// </summary>
public sealed class DeviceArray : ILearningArray
{
    // Where a node begins: it can go up and down, and the way up is the longer one.
    private const double Level = 0.28;
    private const double LevelTolerance = 0.06;
    private const int SurveyPulses = 48;

    private readonly NodeArrayInfo _array;
    private readonly NodeLessonOptions _lesson;
    private readonly Func<CancellationToken, Task<DeviceClient>>? _cycle;
    private DeviceClient _now;

    private DeviceArray(DeviceClient client, NodeArrayInfo array, NodeLessonOptions lesson, IReadOnlySet<int> stuck,
        Func<CancellationToken, Task<DeviceClient>>? cycle)
    {
        _now = client;
        _array = array;
        _lesson = lesson;
        _cycle = cycle;
        Stuck = stuck;
    }

    /// <inheritdoc />
    public (int Rows, int Columns) Size => (_array.Rows, _array.Columns);

    /// <inheritdoc />
    public IReadOnlySet<int> Stuck { get; }

    /// <inheritdoc />
    public int Pulses { get; private set; }

    /// <summary>Gets the number of presentations that have taught something.</summary>
    public int Presentations { get; private set; }

    /// <summary>Gets the lesson.</summary>
    public NodeLessonOptions Lesson => _lesson;

    /// <summary>Prepares an array: forms what is not formed, finds what is stuck, brings the others to the level of the beginning, places
    /// the task around what is stuck, and begins the lesson.</summary>
    /// <param name="client">The device.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="answers">Number of answers.</param>
    /// <param name="known">What will be taught.</param>
    /// <param name="sharpness">Answers compete by exp(sharpness · sum).</param>
    /// <param name="half">Presentations after which a pulse is half as long; 0 when it stays.</param>
    /// <param name="cycle">Takes the power of the device off and connects again; null where nobody can.</param>
    /// <param name="steps">Receives every pulse and check of the preparation; may be null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The array, ready to learn.</returns>
    /// <exception cref="DeviceException">The array is too small for the task, the device refuses, or the link broke.</exception>
    public static async Task<DeviceArray> PrepareAsync(DeviceClient client, int inputs, int answers, IReadOnlyList<Presentation> known,
        int sharpness = 4, int half = 0, Func<CancellationToken, Task<DeviceClient>>? cycle = null,
        Action<NodeStep>? steps = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        NodeArrayInfo array = await client.ReadNodeArrayAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<NodeEntry> entries = await client.ListNodesAsync(array.Count, cancellation).ConfigureAwait(false);

        // Nodes that nothing makes keep what they learn take no part.
        HashSet<int> forgets = array.NeedsForming ? [] : [.. entries.Where(e => e.Mode == NodeMode.Volatile).Select(e => e.Node)];
        int rows = entries.Where(e => !forgets.Contains(e.Node)).Select(e => e.Node / array.Columns).Distinct().Count();
        if (inputs > rows || answers > array.Columns)
        {
            throw new DeviceException(DeviceErrorKind.OutOfRange, $"the task has {inputs} inputs and {answers} answers",
                $"the array has {rows} rows of nodes that keep what they learn, and {array.Columns} columns",
                "give the task to a larger array: --board virtual-array");
        }

        int[] raw = [.. entries.Where(e => !e.Masked && e.Mode != NodeMode.Keeping && !forgets.Contains(e.Node)).Select(e => e.Node)];
        if (raw.Length > 0)
        {
            (await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, raw), steps, cancellation: cancellation)
                .ConfigureAwait(false)).RequireDone();
        }

        int[] open = [.. entries.Where(e => !e.Masked && !forgets.Contains(e.Node)).Select(e => e.Node)];
        NodeTaskReport survey = await client.WorkOnNodesAsync(
            new NodeTaskOptions(NodeWork.Survey, open) { MostPulses = SurveyPulses }, steps, cancellation: cancellation)
            .ConfigureAwait(false);
        survey.RequireDone();
        HashSet<int> stuck = [.. entries.Where(e => e.Masked).Select(e => e.Node),
            .. survey.Results.Where(r => r.Outcome is not (NodeOutcome.Good or NodeOutcome.Weak)).Select(r => r.Node)];
        foreach (int node in stuck)
        {
            await client.SetNodeAsync(node, NodeMode.Unknown, true, cancellation).ConfigureAwait(false);
        }

        int[] sound = [.. open.Where(n => !stuck.Contains(n))];
        Dictionary<int, NodeResult> found = survey.Results.ToDictionary(r => r.Node);
        await client.SetNodeTargetsAsync(sound.ToDictionary(n => n, n => (double?)Math.Clamp(Level, found[n].Low, found[n].High ?? Level)),
            cancellation).ConfigureAwait(false);
        (await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, sound) { Tolerance = LevelTolerance, Passes = 1 },
            steps, cancellation: cancellation).ConfigureAwait(false)).RequireDone();

        // The level was for the beginning: what is learned is what a restart compares with.
        await client.SetNodeTargetsAsync(sound.ToDictionary(n => n, _ => (double?)null), cancellation).ConfigureAwait(false);
        NodePlacement placement = NodePlacement.Around(known, inputs, answers, (array.Rows, array.Columns), stuck,
            await MapAsync(client, array, cancellation).ConfigureAwait(false), forgets);
        NodeLessonState state = await client.LearnNodesAsync(
            new NodeLessonOptions(placement.Rows, placement.Columns,
                LessonPulse.Microseconds(array.Info.PulseMicroseconds, array.Info.PulseShare / 1e6) / 1e6)
            {
                Sharpness = sharpness,
                Half = half,
            },
            cancellation).ConfigureAwait(false);
        return new DeviceArray(client, array, state.Options!, stuck, cycle);
    }

    /// <summary>Goes on with the lesson that a device has.</summary>
    /// <param name="client">The device.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The array; null when it has no lesson.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public static async Task<DeviceArray?> ResumeAsync(DeviceClient client, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        NodeArrayInfo array = await client.ReadNodeArrayAsync(cancellation).ConfigureAwait(false);
        NodeLessonState state = await client.ReadNodeLessonAsync(cancellation).ConfigureAwait(false);
        if (state.Options is not { } lesson)
        {
            return null;
        }

        IReadOnlyList<NodeEntry> entries = await client.ListNodesAsync(array.Count, cancellation).ConfigureAwait(false);
        return new DeviceArray(client, array, lesson, entries.Where(e => e.Masked).Select(e => e.Node).ToHashSet(), null)
        {
            Pulses = state.Pulses,
            Presentations = state.Presentations,
        };
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<double>> MapAsync(CancellationToken cancellation) => MapAsync(_now, _array, cancellation);

    /// <inheritdoc />
    public async Task<int> ShowAsync(Presentation shown, bool teach, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(shown);
        NodeAnswer answer = await _now.ShowNodesAsync(shown.Parts, teach ? shown.Right : null, cancellation).ConfigureAwait(false);
        Pulses = answer.Pulses;
        Presentations = answer.Presentations;
        return answer.Answer;
    }

    /// <summary>Part of presentations that are answered rightly; those without any spike count as wrong.</summary>
    /// <param name="test">What is shown.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public async Task<double> AccuracyAsync(IReadOnlyCollection<Presentation> test, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(test);
        int right = 0;
        foreach (Presentation shown in test)
        {
            right += await ShowAsync(shown, false, cancellation).ConfigureAwait(false) == shown.Right ? 1 : 0;
        }

        return right / (double)test.Count;
    }

    /// <summary>A checkpoint: what was learned outlives the power, counters too.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Generation of what is stored.</returns>
    /// <exception cref="DeviceException">The store refuses, or the link broke.</exception>
    public Task<uint> StoreAsync(CancellationToken cancellation = default) => _now.StoreNodesAsync(cancellation);

    /// <inheritdoc />
    public async Task CyclePowerAsync(CancellationToken cancellation)
    {
        if (_cycle is null)
        {
            throw new NotSupportedException("nobody can take the power of this device off");
        }

        await StoreAsync(cancellation).ConfigureAwait(false);
        _now = await _cycle(cancellation).ConfigureAwait(false);
        if (await ResumeAsync(_now, cancellation).ConfigureAwait(false) is not { } resumed
            || resumed.Presentations != Presentations || !resumed.Lesson.Rows.SequenceEqual(_lesson.Rows))
        {
            throw new DeviceException(DeviceErrorKind.Refused, "the device does not go on with the lesson that it stored", null, null);
        }
    }

    private static async Task<IReadOnlyList<double>> MapAsync(DeviceClient client, NodeArrayInfo array, CancellationToken cancellation)
    {
        return [.. (await client.ReadNodesAsync(0, array.Count, 4, cancellation).ConfigureAwait(false)).Select(r => r.Value)];
    }
}
