// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Search;

namespace NeuroMCU.Laboratory.Calibration.Tables;

/// <summary>
/// The part of a measured curve that a network can use: from the onset to where the rate no longer rises, at a distance from the block.
/// Made monotone by pooling adjacent violators, so that each rate belongs to one code.
/// </summary>
internal sealed class RisingCurve
{
    /// <summary>The block drifts with temperature: no code nearer to it than this part of its current is used.</summary>
    private const double BlockMargin = 0.02;

    private readonly double[] _codes;
    private readonly double[] _rates;

    private RisingCurve(double[] codes, double[] rates)
    {
        _codes = codes;
        _rates = rates;
    }

    /// <summary>Gets the codes, ascending.</summary>
    public IReadOnlyList<double> Codes => _codes;

    /// <summary>Gets their rates in Hz, ascending.</summary>
    public IReadOnlyList<double> Rates => _rates;

    /// <summary>Gets the highest rate in Hz.</summary>
    public double Top => _rates[^1];

    /// <summary>Takes the rising part of a curve.</summary>
    /// <returns>Its rising part.</returns>
    public static RisingCurve Of(ChannelCurve curve)
    {
        BenchReading[] firing = [.. curve.Readings.Where(r => r.Rate > 0)];
        if (curve.Blocked is { } blocked)
        {
            double edge = curve.Channel.CurrentOf((firing[^1].Code + blocked) / 2.0) * (1 - BlockMargin);
            BenchReading[] clear = [.. firing.Where(r => curve.Channel.CurrentOf(r.Code) <= edge)];
            firing = clear.Length >= 2 ? clear : firing;
        }

        int top = firing.Select((r, i) => (r.Rate, i)).MaxBy(p => p.Rate).i;
        return Pooled([.. firing.Take(top + 1).Select(r => (double)r.Code)], [.. firing.Take(top + 1).Select(r => r.Rate)]);
    }

    /// <summary>The code that gives a rate, in between measured ones by a straight line.</summary>
    /// <param name="rate">Rate in Hz; beyond the ends the end is taken.</param>
    /// <returns>The code, with its fraction.</returns>
    public double CodeOf(double rate)
    {
        int above = System.Array.FindIndex(_rates, r => r >= rate);
        if (above <= 0)
        {
            return above == 0 ? _codes[0] : _codes[^1];
        }

        double part = (rate - _rates[above - 1]) / (_rates[above] - _rates[above - 1]);
        return _codes[above - 1] + (part * (_codes[above] - _codes[above - 1]));
    }

    // Neighbours whose rates do not rise become one point, the mean of them.
    private static RisingCurve Pooled(double[] codes, double[] rates)
    {
        List<(double Code, double Rate, int Weight)> pooled = [];
        for (int i = 0; i < codes.Length; i++)
        {
            (double Code, double Rate, int Weight) next = (codes[i], rates[i], 1);
            while (pooled.Count > 0 && pooled[^1].Rate >= next.Rate)
            {
                (double Code, double Rate, int Weight) last = pooled[^1];
                pooled.RemoveAt(pooled.Count - 1);
                int weight = last.Weight + next.Weight;
                next = (((last.Code * last.Weight) + (next.Code * next.Weight)) / weight,
                    ((last.Rate * last.Weight) + (next.Rate * next.Weight)) / weight, weight);
            }

            pooled.Add(next);
        }

        return new RisingCurve([.. pooled.Select(p => p.Code)], [.. pooled.Select(p => p.Rate)]);
    }
}
