// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>Rate against current of a component set: one run with one neuron per current.</summary>
internal sealed class FiCurve
{
    private const double Settle = 0.5;
    private const double Seconds = 2;

    private readonly string _set;
    private readonly double[] _currents;

    /// <summary>Plans the measurement.</summary>
    /// <param name="set">Fields of the population besides size and bias, such as <c>preset: w25</c>.</param>
    /// <param name="currents">Currents in µA.</param>
    public FiCurve(string set, params double[] currents)
    {
        _set = set;
        _currents = currents;
    }

    /// <summary>The currents in µA.</summary>
    public IReadOnlyList<double> Currents => _currents;

    /// <summary>Rate at one of the currents.</summary>
    /// <param name="current">Current in µA, one of those planned.</param>
    /// <returns>Rate in Hz, over intervals after half a second.</returns>
    public double Rate(CircuitLaboratory lab, Column column, double current)
        => Trains.Rate(Trains.Of(Run(lab, column), Array.IndexOf(_currents, current)), Settle, Seconds);

    /// <summary>Rates at all currents.</summary>
    /// <returns>Rates in Hz.</returns>
    public double[] Rates(CircuitLaboratory lab, Column column) => Array.ConvertAll(_currents, c => Rate(lab, column, c));

    /// <summary>Least current that fires.</summary>
    /// <returns>Current in µA; NaN when none does.</returns>
    public double Onset(CircuitLaboratory lab, Column column) => Firing(lab, column).DefaultIfEmpty(double.NaN).Min();

    /// <summary>Least current above the firing ones.</summary>
    /// <returns>Current in µA; NaN when it fires up to the last one, or not at all.</returns>
    public double Block(CircuitLaboratory lab, Column column)
    {
        double most = Firing(lab, column).DefaultIfEmpty(double.NaN).Max();
        return _currents.Where(c => c > most).DefaultIfEmpty(double.NaN).Min();
    }

    private double[] Firing(CircuitLaboratory lab, Column column) => _currents.Where(c => Rate(lab, column, c) > 0).ToArray();

    private RunRecording Run(CircuitLaboratory lab, Column column) => lab.RunText(
        string.Create(CultureInfo.InvariantCulture,
            $"duration: {Seconds} s\npopulations:\n  neuron: {{model: thyristor, {_set}, size: {_currents.Length}, bias: [")
        + string.Join(", ", _currents.Select(c => c.ToString(CultureInfo.InvariantCulture) + " uA")) + "]}\n",
        column);
}
