// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Hearing;

namespace NeuroMCU.Core.Tests.Hearing;

/// <summary>A front end with the six bands of sound localization, and sounds for it.</summary>
internal static class Ears
{
    public const int Bands = 6;
    public const int Block = 800;

    // Envelope, poles, radius, shift, correction, intervals, level, halvings: the bands at 490, 800, 1200, 1700, 2500 Hz and,
    // at half the rate, the envelope at 400 Hz.
    private static readonly int[][] s_bands =
    [
        [0, 222, 212, 108, 4, -25, 10, 37, 14050, 0],
        [0, 191, 177, 101, 3, -69, 6, 16, 16440, 0],
        [0, 136, 110, 86, 2, -159, 4, 10, 26291, 0],
        [0, 68, 26, 80, 1, -336, 3, 7, 21564, 0],
        [0, -44, -98, 68, 1, -841, 2, 4, 33006, 0],
        [1, 171, 156, 80, 2, -69, 6, 16, 23432, 1],
    ];

    public static HearingTable Table(int spikesPerBlock = 5)
    {
        List<int> parameters = [Block, spikesPerBlock, 64, 4, 3, 4, 3, 30, Bands, Block, 0, 1, 0, 3, spikesPerBlock];
        foreach (int[] band in s_bands)
        {
            parameters.AddRange(band);
        }

        return new HearingTable { Left = 0, Right = 1, SampleRate = 8000, Parameters = [.. parameters] };
    }

    /// <summary>Noise from the right: the right ear hears it three samples earlier and twice as loud; after 700 samples it grows to six
    /// times.</summary>
    public static (short[] Left, short[] Right) Noise(int frames)
    {
        short[] left = new short[frames];
        short[] right = new short[frames];
        int[] raw = new int[frames + 8];
        uint state = 2463534242;
        for (int i = 0; i < raw.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            raw[i] = (int)(state >> 20) - 2048;
        }

        for (int i = 0; i < frames; i++)
        {
            int level = i < 700 ? 1 : 6;
            right[i] = (short)(level * (raw[i + 3] + raw[i + 4]));
            left[i] = (short)((level * (raw[i] + raw[i + 1])) >> 1);
        }

        return (left, right);
    }

    /// <summary>Spikes of a whole sound as (band, ear, time in µs), in order.</summary>
    public static List<(int Band, int Ear, int Time)> Hear(FrontEnd frontEnd, short[] left, short[] right, int piece = int.MaxValue)
    {
        List<(int, int, int)> spikes = [];
        frontEnd.Reset();
        for (int at = 0, start = 0; at < left.Length;)
        {
            while (frontEnd.Room > 0 && at < left.Length)
            {
                int count = System.Math.Min(piece, System.Math.Min(frontEnd.Room, left.Length - at));
                frontEnd.Feed(left, right, at, count);
                at += count;
            }

            int frames = frontEnd.Position;
            int found = frontEnd.EndBlock();
            for (int k = 0; k < found; k++)
            {
                spikes.Add((frontEnd.SpikeBand(k), frontEnd.SpikeEar(k), start + frontEnd.SpikeTime(k)));
            }

            start += frames * 125;
        }

        return spikes;
    }
}
