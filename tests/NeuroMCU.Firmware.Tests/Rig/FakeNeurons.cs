// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Neurons;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>What is wrong with a channel of <see cref="FakeNeurons" />.</summary>
internal enum Trouble
{
    None,

    /// <summary>After its next spike it stays on, until current or membrane are taken away.</summary>
    Latches,

    /// <summary>It never fires and conducts whatever flows.</summary>
    Shorted,

    /// <summary>No current flows.</summary>
    Open,

    /// <summary>It fires, but its spike input sees nothing.</summary>
    DetectSilent,

    /// <summary>Its spike input fires by itself, at 10 kHz.</summary>
    DetectNoisy,

    /// <summary>Its drive throws.</summary>
    DacFails,

    /// <summary>Its sense throws.</summary>
    AdcFails,

    /// <summary>Its sense reads 0.6 V whatever flows.</summary>
    SenseOpen,
}

/// <summary>Neurons that fire regularly from <see cref="Onset" /> on, twice per second and code, so that their spikes can be told
/// beforehand.</summary>
internal sealed class FakeNeurons(int count) : INeuronBoard
{
    public const int Limit = 200;
    public const int Onset = 50;

    private readonly Queue<(int Channel, long Time)> _queue = new();
    private readonly long[] _next = [.. System.Linq.Enumerable.Repeat(long.MaxValue, count)];
    private readonly long[] _last = new long[count];
    private readonly long[] _noise = new long[count];
    private readonly int[] _readings = new int[count];
    private readonly bool[] _latched = new bool[count];
    private readonly bool[] _unwatched = new bool[count];
    private long _now;

    public int[] Codes { get; } = new int[count];

    public int[] Followed { get; } = new int[count];

    public bool[] Pressed { get; } = new bool[count];

    /// <summary>Gets the channels whose spike input is looked at.</summary>
    public System.Collections.Generic.IEnumerable<int> Watched => System.Linq.Enumerable.Range(0, count)
        .Where(channel => !_unwatched[channel]);

    public Trouble[] Troubles { get; } = new Trouble[count];

    /// <summary>Gets the number of codes that reached a converter.</summary>
    public int Writes { get; private set; }

    public bool IsSafe => System.Array.TrueForAll(Codes, code => code == 0) && System.Array.TrueForAll(Pressed, pressed => !pressed);

    public int Count => count;

    public int Resolution => 100;

    public int SpikeCount => _queue.Count;

    public int Missed { get; set; }

    public long DroppedSamples => 0;

    public long KeptFrom => _now;

    public long SearchedSamples => 0;

    public int SpikeChannel { get; private set; }

    public long SpikeTime { get; private set; }

    /// <summary>The output whose pulses reach every channel.</summary>
    public int Pulses { get; set; } = -1;

    public int MaxCode(int channel) => Limit;

    public int PulseOutput(int channel) => Pulses;

    public void Drive(int channel, int code)
    {
        if (Troubles[channel] == Trouble.DacFails)
        {
            throw new IOException("no acknowledge");
        }

        if (Codes[channel] != code)
        {
            Catch(channel, _now);
            Writes++;
            Codes[channel] = code;
            Restart(channel);
        }
    }

    public void Follow(int channel, int middle) => Followed[channel] = middle;

    public int LongestHigh(int channel)
    {
        return 0;
    }

    public int Sense(int channel)
    {
        switch (Troubles[channel])
        {
            case Trouble.AdcFails:
                throw new IOException("no answer");
            case Trouble.SenseOpen:
                return 800;
            case Trouble.Shorted:
                return Codes[channel];
            case Trouble.DetectSilent:
                // Every fifth reading falls onto a spike.
                return Codes[channel] >= Onset && ++_readings[channel] % 5 == 0 ? 2000 : 2;
            default:
                return _latched[channel] ? Codes[channel] : 2;
        }
    }

    public void Watch(int channel, bool watched) => _unwatched[channel] = !watched;

    public void Poll(long now)
    {
        for (var channel = 0; channel < count; channel++)
        {
            Catch(channel, now);
            for (; Troubles[channel] == Trouble.DetectNoisy && _noise[channel] < now; _noise[channel] += 100)
            {
                _noise[channel] = _noise[channel] == 0 ? now : _noise[channel];
                _queue.Enqueue((channel, _noise[channel]));
            }
        }

        _now = now;
    }

    public bool Take()
    {
        if (!_queue.TryDequeue(out var spike))
        {
            return false;
        }

        (SpikeChannel, SpikeTime) = spike;
        return true;
    }

    public void Reset(int channel, bool pressed)
    {
        Pressed[channel] = pressed;
        Restart(channel);
    }

    public int MakeSafe()
    {
        var failed = -1;
        for (var channel = 0; channel < count; channel++)
        {
            Pressed[channel] = false;
            failed = failed < 0 && Troubles[channel] == Trouble.DacFails ? channel : failed;
            Codes[channel] = 0;
            Restart(channel);
        }

        return failed;
    }

    public void Close() => MakeSafe();

    private void Restart(int channel)
    {
        if (Codes[channel] == 0 || Pressed[channel])
        {
            _latched[channel] = false;
        }

        // Another current changes the rate, not the charge that is on the membrane already.
        var running = _next[channel] != long.MaxValue;
        _last[channel] = running && !Pressed[channel] ? _last[channel] : _now;
        _next[channel] = Codes[channel] >= Onset && !Pressed[channel] && !_latched[channel]
            ? System.Math.Max(_now, _last[channel] + Period(channel))
            : long.MaxValue;
    }

    private int Period(int channel) => 500_000 / Codes[channel];

    private void Catch(int channel, long now)
    {
        while (_next[channel] <= now)
        {
            var trouble = Troubles[channel];
            _last[channel] = _next[channel];
            if (trouble is Trouble.None or Trouble.Latches or Trouble.AdcFails or Trouble.SenseOpen)
            {
                _queue.Enqueue((channel, _next[channel]));
            }

            if (trouble == Trouble.Latches)
            {
                _latched[channel] = true;
                _next[channel] = long.MaxValue;
            }
            else
            {
                _next[channel] += Period(channel);
            }
        }
    }
}
