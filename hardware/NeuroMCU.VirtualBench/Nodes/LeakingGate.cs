// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>A volatile node of parts, as on schematics/nodes-16: a pulse charges a capacitor through a diode, a resistor leads the charge
/// away to mid-rail, and a transistor with its gate at the capacitor draws a current from the node's column.</summary>
/// <param name="middle">Mid-rail in V.</param>
/// <param name="threshold">Threshold of the transistor in V: 0.8 to 1.5 for a BSS138.</param>
/// <param name="capacitance">Capacitance in F; parts of 10 %.</param>
internal sealed class LeakingGate(double middle, double threshold, double capacitance)
{
    private const double Diode = 0.3;
    private const double ChargeOhms = 10e3;
    private const double LeakOhms = 100e3;
    private const double SourceOhms = 100e3;

    private double _volts;
    private double _source;
    private double _time;

    /// <summary>Gets or sets a value indicating whether the transistor is missing, or always on (null for sound).</summary>
    public bool? Stuck { get; set; }

    /// <summary>The charging output changes its voltage.</summary>
    /// <param name="volts">Volts from now on.</param>
    /// <param name="time">Time in s.</param>
    public void Charge(double volts, double time)
    {
        Follow(time);
        _source = volts;
    }

    /// <summary>Gets the current that it draws.</summary>
    /// <param name="time">Time in s.</param>
    /// <returns>Amperes, 0 or more.</returns>
    public double Current(double time)
    {
        Follow(time);
        return Stuck switch
        {
            true => middle / SourceOhms,
            false => 0,
            _ => Math.Max(0, _volts - threshold) / SourceOhms,
        };
    }

    // The diode conducts while the source is above the capacitor; the pair of resistors then has one end and one time constant.
    private void Follow(double time)
    {
        double passed = time - _time;
        if (passed <= 0)
        {
            return;
        }

        _time = time;
        double charge = _source - Diode > _volts ? 1 / ChargeOhms : 0;
        double all = charge + (1 / LeakOhms);
        double end = (((_source - Diode) * charge) + (middle / LeakOhms)) / all;
        _volts = end + ((_volts - end) * Math.Exp(-passed * all / capacitance));
    }
}
