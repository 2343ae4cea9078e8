// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>What a fit makes small: squared residuals in Hz², large ones counted less (Huber) so that one bad point does not bend the
/// curve.</summary>
internal sealed class FitObjective
{
    private readonly IReadOnlyList<RatePoint> _points;
    private readonly bool[] _left;
    private readonly double _fastest;
    private readonly double _huber;

    /// <summary>Initializes a new instance of the <see cref="FitObjective" /> class.</summary>
    public FitObjective(IReadOnlyList<RatePoint> points, bool[] left, ThyristorCell start, IReadOnlyList<CellParameter> free)
    {
        _points = points;
        _left = left;
        Start = start;
        Free = free;
        _fastest = points.Max(p => p.Rate);
        _huber = Math.Max(2, 0.05 * _fastest);
    }

    /// <summary>Start values.</summary>
    public ThyristorCell Start { get; }

    /// <summary>Parameters that move.</summary>
    public IReadOnlyList<CellParameter> Free { get; }

    /// <summary>Makes the neuron of a set of parameters.</summary>
    /// <returns>The neuron.</returns>
    public ThyristorCell Cell(IReadOnlyList<double> values)
    {
        ThyristorCell cell = Start;
        for (int i = 0; i < Free.Count; i++)
        {
            cell = Free[i].Set(cell, values[i]);
        }

        return cell;
    }

    /// <summary>Computes the cost of a neuron in Hz².</summary>
    /// <returns>The sum over all points.</returns>
    public double Cost(ThyristorCell cell)
    {
        double sum = 0;
        for (int i = 0; i < _points.Count; i++)
        {
            if (_left[i])
            {
                continue;
            }

            RatePoint point = _points[i];
            sum += Loss(ThyristorRate.Of(cell, point.Current) - point.Rate);
            if (!double.IsNaN(point.Height))
            {
                // One per cent of the height weighs as one per cent of the highest rate.
                sum += Loss((ThyristorRate.SpikeHeight(cell) - point.Height) / point.Height * _fastest);
            }
        }

        return sum;
    }

    private double Loss(double residual)
    {
        double size = Math.Abs(residual);
        return size <= _huber ? size * size : _huber * ((2 * size) - _huber);
    }
}
