// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;

namespace NeuroMCU.Networks.Models;

/// <summary>What the values of a thyristor must keep among themselves, whatever circuit it stands in.</summary>
internal static class ThyristorRules
{
    /// <summary>Checks one neuron.</summary>
    /// <param name="value">Value of a parameter in its base unit.</param>
    /// <param name="load">Resistance in kΩ between cathode and ground.</param>
    /// <param name="loadName">Name of its parameter; null when there is none.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<CircuitFault> Check(Func<string, double> value, double load, string? loadName)
    {
        double threshold = value("threshold");
        double knee = value("knee");
        double onset = value("onset");
        double hold = value("hold");
        if (threshold <= knee)
        {
            yield return new CircuitFault(
                "threshold",
                "`threshold` is " + Quantity.Text(threshold, Dimension.Voltage) + ", not above the `knee` "
                + Quantity.Text(knee, Dimension.Voltage) + ": the thyristor leaks from the knee up to the threshold",
                "raise `threshold` or lower `knee`");
        }

        if (hold <= onset)
        {
            yield return new CircuitFault(
                "hold",
                "`hold` is " + Quantity.Text(hold, Dimension.Current) + ", not above the `onset` "
                + Quantity.Text(onset, Dimension.Current) + ": the neuron would never be able to fire between",
                "raise `hold` or lower `onset`; a real part like this one is of no use as a neuron");
        }

        double open = value("on_voltage") + (hold * (value("on_resistance") + load));
        string resistance = loadName == null ? "on_resistance" : "(on_resistance + " + loadName + ")";
        if (threshold <= open)
        {
            yield return new CircuitFault(
                "threshold",
                "`threshold` is " + Quantity.Text(threshold, Dimension.Voltage)
                + ", not above the voltage at which the thyristor opens, on_voltage + hold · " + resistance + " = "
                    + Quantity.Text(open, Dimension.Voltage) + ": it would open as soon as it fires",
                "raise `threshold`, or lower " + (loadName == null ? "`on_resistance`" : "`" + loadName + "`") + " or `hold`");
        }

        if (value("initial") >= threshold)
        {
            yield return new CircuitFault(
                "initial",
                "`initial` is " + Quantity.Text(value("initial"), Dimension.Voltage) + ", not below the threshold "
                + Quantity.Text(threshold, Dimension.Voltage) + ": the neuron would fire before it has seen any input",
                "lower `initial`");
        }
    }
}
