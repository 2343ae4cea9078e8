// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Devices.Client;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Desk;

/// <summary>
/// Several boards as one network, in step: all go on for as long as no board can hear what another one does now, then their spikes are
/// handed over, each to arrive exactly one wire's delay after it was fired. What comes out does not depend on how fast board, cable or host
/// are.
/// </summary>
internal sealed class DeskRun
{
    private readonly SiteImages _images;
    private readonly DeskBoard?[] _boards;

    /// <summary>Prepares a run.</summary>
    /// <param name="images">What the boards run.</param>
    /// <param name="clients">Their devices, in the order of the sites; null for a board that has nothing to do.</param>
    public DeskRun(SiteImages images, IReadOnlyList<DeviceClient?> clients)
    {
        _images = images;
        _boards = [.. clients.Select((client, s) => client is null ? null
            : new DeskBoard(images.Split.Parts[s], images.Boards[s]!, client, images.Split.Crossings[s]))];
    }

    /// <summary>Called with the network time in µs and the number of spikes on the wire so far; may be null.</summary>
    public Action<long, long>? TimeReached { get; set; }

    /// <summary>Whether no slice begins before its time on the wall, so that what boards put out comes when it is due; otherwise they go
    /// on as fast as they can.</summary>
    public bool RealTime { get; init; }

    /// <summary>Programs the boards and runs them.</summary>
    /// <param name="duration">How long in µs of network time.</param>
    /// <param name="cancellation">Ends the run; what came until then is its result.</param>
    /// <returns>What the boards recorded, as one network.</returns>
    /// <exception cref="DeviceException">A board refuses its image, or is not there.</exception>
    public async Task<DeskResult> RunAsync(long duration, CancellationToken cancellation)
    {
        DeskBoard[] boards = [.. _boards.OfType<DeskBoard>()];
        await ForAllAsync(boards, b => b.BeginAsync(cancellation)).ConfigureAwait(false);
        Stopwatch clock = Stopwatch.StartNew();
        int wire = _images.Split.Wire;
        long handed = 0;
        int slices = 0;
        TimeSpan behind = TimeSpan.Zero;
        for (long time = 0; time < duration && boards.All(b => b.GoesOn && b.Broken is null) && !cancellation.IsCancellationRequested;)
        {
            TimeSpan due = TimeSpan.FromMicroseconds(time);
            if (RealTime && !await UntilAsync(clock, due, cancellation).ConfigureAwait(false))
            {
                break;
            }

            behind = clock.Elapsed - due > behind ? clock.Elapsed - due : behind;

            // A slice ends so that a spike of its first microsecond arrives in the next one.
            time = Math.Min(duration, time == 0 ? Math.Max(1, wire - 1) : time + wire);
            long until = time;
            await ForAllAsync(boards, b => b.AdvanceAsync(until, cancellation)).ConfigureAwait(false);
            foreach ((Networks.Sites.Crossing to, long fired) in boards.SelectMany(b => b.Sent))
            {
                _boards[to.Site]!.Take(to.Neuron, fired + wire);
                handed++;
            }

            slices++;
            TimeReached?.Invoke(time, handed);
        }

        clock.Stop();
        RunRecording[] parts = await Task.WhenAll(boards.Select(b => b.EndAsync(duration))).ConfigureAwait(false);
        return new DeskResult
        {
            Run = DeskRecording.Of(_images, [.. boards.Zip(parts, (b, run) => (b.Part, run))]),
            Boards = [.. boards.Zip(parts, (b, run) => new BoardResult(b.Part, run, b.Taken, b.UnderWay))],
            OnWire = handed,
            Slices = slices,
            Elapsed = clock.Elapsed,
            Behind = RealTime ? behind : null,
            Broken = boards.Select(b => b.Broken).FirstOrDefault(b => b is not null),
        };
    }

    private static async Task<bool> UntilAsync(Stopwatch clock, TimeSpan due, CancellationToken cancellation)
    {
        try
        {
            while (due - clock.Elapsed is { Ticks: > 0 } left)
            {
                await Task.Delay((int)Math.Ceiling(left.TotalMilliseconds), cancellation).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A virtual board runs on the thread that waits for it.
    private static Task ForAllAsync(IEnumerable<DeskBoard> boards, Func<DeskBoard, Task> work)
        => Task.WhenAll(boards.Select(b => Task.Run(() => work(b))));
}
