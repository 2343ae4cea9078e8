// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Claps;

/// <summary>Waits for claps in sound as it comes, and cuts them out.</summary>
/// <param name="sound">The sound.</param>
public sealed class ClapListener(LiveSound sound)
{
    private const double BlockSeconds = 0.005;

    // A clap is heard when it stands out of the last second; before, it takes some background to compare with.
    private const int LeastBackground = 40;
    private const int MostBackground = 200;
    private const double Trigger = 200;
    private const double LeastPower = 1e-8;
    private const double LeadSeconds = 0.25;
    private const double TailSeconds = 0.25;

    private readonly List<float> _left = [];
    private readonly List<float> _right = [];
    private readonly Queue<double> _background = new();

    /// <summary>Waits for the next clap.</summary>
    /// <returns>It, with a quarter of a second before and after it; null when the sound has ended.</returns>
    public StereoSound? Next()
    {
        int block = (int)(sound.SampleRate * BlockSeconds);
        int lead = (int)(sound.SampleRate * LeadSeconds);
        int tail = (int)(sound.SampleRate * TailSeconds);
        int at = 0;
        while (true)
        {
            while (_left.Count < at + block)
            {
                if (!Fetch())
                {
                    return null;
                }
            }

            double power = Power(at, block);
            if (power > LeastPower && StandsOut(power))
            {
                while (_left.Count < at + tail && Fetch())
                {
                    // What follows belongs to the clap.
                }

                int end = Math.Min(_left.Count, at + tail);
                int from = Math.Max(0, at - lead);
                StereoSound clap = new(sound.SampleRate, [.. _left[from..end]], [.. _right[from..end]]);
                Drop(end);
                return clap;
            }

            _background.Enqueue(power);
            if (_background.Count > MostBackground)
            {
                _background.Dequeue();
            }

            at += block;
            if (at > 4 * lead)
            {
                Drop(at - lead);
                at = lead;
            }
        }
    }

    private bool StandsOut(double power) =>
        _background.Count >= LeastBackground && power > Trigger * _background.Order().ElementAt(_background.Count / 2);

    private bool Fetch()
    {
        if (sound.Next() is not { } more)
        {
            return false;
        }

        _left.AddRange(more.Left);
        _right.AddRange(more.Right);
        return true;
    }

    private void Drop(int count)
    {
        _left.RemoveRange(0, count);
        _right.RemoveRange(0, count);
    }

    // Of the differences of neighbours, which hum leaves small.
    private double Power(int from, int count)
    {
        double sum = 0;
        for (int k = from + 1; k < from + count; k++)
        {
            sum += Math.Pow(_left[k] - _left[k - 1], 2) + Math.Pow(_right[k] - _right[k - 1], 2);
        }

        return sum / count;
    }
}
