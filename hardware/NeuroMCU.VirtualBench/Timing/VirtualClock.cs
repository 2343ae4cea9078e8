// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.VirtualBench.Timing;

/// <summary>
/// The time of the simulated device: it stands still unless work is charged to it or the device idles, so that runs are deterministic
/// and as fast as the host allows. Kept in nanoseconds, so that costs below a microsecond add up.
/// </summary>
/// <remarks>
/// One thread, the device's, moves the clock; any thread may read it and <see cref="Wake" /> an idle device. With
/// <see cref="RealTime" /> the device's thread sleeps so that virtual time never runs ahead of wall time.
/// </remarks>
public sealed class VirtualClock
{
    // Sleeping for less than this costs more than it gains; the clock is then ahead of the wall by at most so much.
    private const long PacingGrainNanoseconds = 2_000_000;

    private readonly object _gate = new();
    private long _nanoseconds;
    private long _wallStart;
    private long _wallStartNanoseconds;
    private bool _realTime;
    private bool _woken;

    /// <summary>Gets the time since start-up in whole µs.</summary>
    public long Now => Interlocked.Read(ref _nanoseconds) / 1000;

    /// <summary>Gets the time since start-up in ns.</summary>
    public long Nanoseconds => Interlocked.Read(ref _nanoseconds);

    /// <summary>Gets or sets a value indicating whether virtual time is held to wall time. Off by default.</summary>
    public bool RealTime
    {
        get => _realTime;
        set
        {
            _realTime = value;
            _wallStart = Stopwatch.GetTimestamp();
            _wallStartNanoseconds = Nanoseconds;
        }
    }

    /// <summary>Lets the device work for a while.</summary>
    /// <param name="nanoseconds">Duration in ns, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public void Charge(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        if (nanoseconds == 0)
        {
            return;
        }

        long now = Interlocked.Add(ref _nanoseconds, nanoseconds);
        if (_realTime && now - WallNanoseconds() > PacingGrainNanoseconds)
        {
            Pace(now, interruptible: false);
        }
    }

    /// <summary>Moves the clock to a time at which the device is busy or blocked; a time that has passed changes nothing.</summary>
    /// <param name="microseconds">Time in µs.</param>
    public void AdvanceTo(long microseconds)
    {
        long target = Saturate(microseconds);
        if (target > Nanoseconds)
        {
            Charge(target - Nanoseconds);
        }
    }

    /// <summary>
    /// Lets the idle device wait. In real time the wait ends early when <see cref="Wake" /> is called, with the clock at the wall's time.
    /// </summary>
    /// <param name="microseconds">Time in µs to wait for; one that has passed returns at once.</param>
    public void IdleTo(long microseconds)
    {
        long target = Saturate(microseconds);
        long now = Nanoseconds;
        if (target <= now)
        {
            return;
        }

        if (!_realTime)
        {
            Interlocked.Exchange(ref _nanoseconds, target);
            return;
        }

        Pace(target, interruptible: true);
        long wall = WallNanoseconds();
        Interlocked.Exchange(ref _nanoseconds, Math.Max(now, Math.Min(target, wall)));
    }

    /// <summary>Ends the wait of an idle device in real time: something has arrived. May be called from any thread.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.PulseAll(_gate);
        }
    }

    private static long Saturate(long microseconds) =>
        microseconds >= long.MaxValue / 1000 ? long.MaxValue / 2 : microseconds * 1000;

    private long WallNanoseconds() =>
        _wallStartNanoseconds + (Stopwatch.GetElapsedTime(_wallStart).Ticks * 100);

    private void Pace(long target, bool interruptible)
    {
        lock (_gate)
        {
            while (true)
            {
                if (interruptible && _woken)
                {
                    _woken = false;
                    return;
                }

                long ahead = target - WallNanoseconds();
                if (ahead <= 0)
                {
                    return;
                }

                long milliseconds = Math.Min(((ahead - 1) / 1_000_000) + 1, 100);
                Monitor.Wait(_gate, (int)milliseconds);
            }
        }
    }
}
