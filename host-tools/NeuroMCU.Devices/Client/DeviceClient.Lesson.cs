// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <content>Nodes that learn a task on the device.</content>
public sealed partial class DeviceClient
{
    private const double LessonInput = 65536;

    /// <summary>Prepares nodes to learn a task; counters begin at 0, nodes stay as they are.</summary>
    /// <param name="lesson">The task.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the device has taken.</returns>
    /// <exception cref="DeviceException">A node is none or keeps nothing, a network runs, or the link broke.</exception>
    public Task<NodeLessonState> LearnNodesAsync(NodeLessonOptions lesson, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        var request = new NodeLesson
        {
            Inputs = lesson.Rows.Count,
            Answers = lesson.Columns.Count,
            Sharpness = lesson.Sharpness,
            Microseconds = (int)Math.Round(lesson.Seconds * NodeUnit),
            Half = lesson.Half,
        };
        for (int k = 0; k < lesson.Rows.Count && k < request.Rows.Length; k++)
        {
            request.Rows[k] = (byte)lesson.Rows[k];
        }

        for (int k = 0; k < lesson.Columns.Count && k < request.Columns.Length; k++)
        {
            request.Columns[k] = (byte)lesson.Columns[k];
        }

        return NodeLessonAsync(MessageType.NodeLearn, request.Write, cancellation);
    }

    /// <summary>Asks what is being learned.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The lesson and how far it is.</returns>
    /// <exception cref="DeviceException">The link broke.</exception>
    public Task<NodeLessonState> ReadNodeLessonAsync(CancellationToken cancellation = default)
        => NodeLessonAsync(MessageType.NodeLesson, null, cancellation);

    /// <summary>Shows inputs to nodes, and teaches the right answer when it is known.</summary>
    /// <param name="inputs">As many as the lesson has, 0 to 1 each.</param>
    /// <param name="right">The right answer; null when nothing is to be learned.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What they answered, before learning.</returns>
    /// <exception cref="DeviceException">There is no such lesson, a network runs, or the link broke.</exception>
    public Task<NodeAnswer> ShowNodesAsync(IReadOnlyList<double> inputs, int? right = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var request = new NodeShow { Right = right ?? NodeShow.Nothing, Count = inputs.Count };
        for (int k = 0; k < inputs.Count && k < NodeShow.MaxInputs; k++)
        {
            request.Inputs[k] = (int)Math.Round(inputs[k] * LessonInput);
        }

        return ExclusiveAsync(
            async () =>
            {
                var shown = new NodeShown();
                Check(shown.Read(await _exchange.RequestAsync(MessageType.NodeShow, request.Write, cancellation).ConfigureAwait(false)),
                    MessageType.NodeShow);
                return new NodeAnswer(shown.Answer == NodeShown.Nothing ? -1 : shown.Answer,
                    [.. Enumerable.Range(0, shown.Count).Select(j => shown.Sums[j] / NodeUnit)], shown.Presentations, shown.Pulses);
            },
            cancellation);
    }

    private Task<NodeLessonState> NodeLessonAsync(int type, Action<BodyWriter>? write, CancellationToken cancellation) => ExclusiveAsync(
        async () =>
        {
            var lesson = new NodeLesson();
            Check(lesson.Read(await _exchange.RequestAsync(type, write, cancellation).ConfigureAwait(false)), type);
            return new NodeLessonState(
                lesson.Inputs == 0 ? null : new NodeLessonOptions(
                    [.. lesson.Rows.Take(lesson.Inputs).Select(r => (int)r)], [.. lesson.Columns.Take(lesson.Answers).Select(c => (int)c)],
                    lesson.Microseconds / NodeUnit)
                {
                    Sharpness = lesson.Sharpness,
                    Half = lesson.Half,
                },
                lesson.Presentations, lesson.Raised + lesson.Lowered);
        },
        cancellation);
}
