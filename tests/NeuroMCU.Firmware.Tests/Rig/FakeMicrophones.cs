// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Microphones;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>Microphones that hear a function of time and can lose blocks, fall silent or throw.</summary>
internal sealed class FakeMicrophones(IClock clock) : IMicrophonePair
{
    /// <summary>Sound pressure at the left and the right ear at a time in s, ±1.</summary>
    public Func<double, (double Left, double Right)> Sound { get; set; } = _ => (0, 0);

    /// <summary>Number of blocks to lose before the next one is given.</summary>
    public int Lose { get; set; }

    public bool Dead { get; set; }

    public bool Throws { get; set; }

    public int SampleRate { get; private set; }

    public long StartTime { get; private set; }

    public long Position { get; private set; }

    public long Lost { get; private set; }

    public int BlockFrames => 256;

    public long NextBlockTime => SampleRate == 0 ? long.MaxValue : StartTime + ((Position + BlockFrames) * 1_000_000 / SampleRate);

    public void Start(int sampleRate)
    {
        SampleRate = sampleRate;
        StartTime = clock.Now;
        Position = 0;
        Lost = 0;
    }

    public void Stop() => SampleRate = 0;

    public int Read(short[] left, short[] right)
    {
        if (Throws)
        {
            throw new InvalidOperationException("the bus is stuck");
        }

        if (Dead || clock.Now < NextBlockTime)
        {
            return 0;
        }

        for (; Lose > 0; Lose--)
        {
            Position += BlockFrames;
            Lost += BlockFrames;
        }

        for (var k = 0; k < BlockFrames; k++)
        {
            var (atLeft, atRight) = Sound((Position + k) / (double)SampleRate);
            left[k] = (short)(20_000 * atLeft);
            right[k] = (short)(20_000 * atRight);
        }

        Position += BlockFrames;
        return BlockFrames;
    }
}
