// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Neurons;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>Neurons whose faults come and go at random, the same for one seed.</summary>
internal sealed class WildNeurons(int count, int seed) : INeuronBoard
{
    private readonly Random _random = new(seed);
    private readonly Queue<(int Channel, long Time)> _queue = new();
    private readonly long[] _next = new long[count];
    private readonly long[] _last = new long[count];
    private readonly long[] _offFrom = new long[count];
    private readonly bool[] _latched = new bool[count];
    private long _now;

    public enum Mood
    {
        Sound,
        Latches,
        Shorted,
        Open,
        Unseen,
        Undriven,
        Noisy,
        Leaks,
        HoldsItsCharge,
        SenseThrows,
        WiredToTheNext,
    }

    public Mood[] Moods { get; } = new Mood[count];

    public int[] Codes { get; } = new int[count];

    public bool[] Pressed { get; } = new bool[count];

    public int Count => count;

    public int Resolution => 100;

    public int SpikeCount => _queue.Count;

    public long KeptFrom => _now;

    public int Missed => 0;

    public long SearchedSamples => 0;

    public long DroppedSamples => 0;

    public int SpikeChannel { get; private set; }

    public long SpikeTime { get; private set; }

    /// <summary>Changes what is wrong with one channel, or sometimes with all.</summary>
    public void Change()
    {
        var moods = Enum.GetValues<Mood>();
        var all = _random.Next(6) == 0;
        var mood = moods[_random.Next(moods.Length)];
        var one = _random.Next(count);
        for (var channel = 0; channel < count; channel++)
        {
            Moods[channel] = all || channel == one ? mood : Moods[channel];
        }
    }

    public int MaxCode(int channel) => FakeNeurons.Limit;

    public int PulseOutput(int channel) => -1;

    public void Drive(int channel, int code)
    {
        _offFrom[channel] = code == 0 && Codes[channel] != 0 ? _now : _offFrom[channel];
        Codes[channel] = code;
    }

    public int Sense(int channel)
    {
        var leak = Codes[channel] == 0 ? 0 : (int)Math.Min(60, (_now - _last[channel]) / 200);
        var charge = _now - _offFrom[channel] < (Pressed[channel] ? 25_000 : 40_000) ? 100 : 0;
        return 10 + _random.Next(4) + Moods[channel] switch
        {
            Mood.Latches when _latched[channel] => Codes[channel],
            Mood.Shorted => Codes[channel],
            Mood.Open => 0,
            Mood.Unseen => _random.Next(9) == 0 ? 1500 : leak,
            Mood.Noisy => _random.Next(300),
            Mood.Leaks => Codes[channel] / 2,
            Mood.HoldsItsCharge => Codes[channel] == 0 ? charge : leak,
            Mood.SenseThrows => throw new IOException("no answer"),
            _ => leak,
        };
    }

    public void Watch(int channel, bool watched)
    {
        // All inputs are looked at here.
    }

    public void Follow(int channel, int middle)
    {
        // No stream.
    }

    public int LongestHigh(int channel) => 0;

    public void Poll(long now)
    {
        for (var channel = 0; channel < count; channel++)
        {
            var code = Codes[Moods[channel] == Mood.WiredToTheNext ? (channel + 1) % count : channel];
            _latched[channel] &= Codes[channel] != 0 && !Pressed[channel];
            var fires = Moods[channel] == Mood.Undriven
                || (code >= FakeNeurons.Onset && !Pressed[channel] && !_latched[channel]
                    && Moods[channel] is not (Mood.Shorted or Mood.Open or Mood.Leaks or Mood.HoldsItsCharge));
            if (!fires)
            {
                _next[channel] = now + 3000;
                continue;
            }

            for (; _next[channel] <= now && !_latched[channel]; _next[channel] += (500_000 / Math.Max(30, code)) + _random.Next(500))
            {
                _last[channel] = _next[channel];
                _latched[channel] = Moods[channel] == Mood.Latches && _random.Next(10) == 0;
                if (Moods[channel] != Mood.Unseen)
                {
                    _queue.Enqueue((channel, _next[channel]));
                }
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

    public void Reset(int channel, bool pressed) => Pressed[channel] = pressed;

    public int MakeSafe()
    {
        Array.Clear(Codes);
        Array.Clear(Pressed);
        return -1;
    }

    public void Close() => MakeSafe();
}
