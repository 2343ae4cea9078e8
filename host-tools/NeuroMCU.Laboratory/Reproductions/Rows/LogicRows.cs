// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Logic;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Logic of highly asymmetric channels: truth tables by sequences of implications, and how many specimens keep to them.</summary>
internal static class LogicRows
{
    private const int Specimens = 1000;
    private const string Emmerich =
        "Emmerich et al., Nature Electronics 7, 271 (2024): logic of two channels and a resistor; sequences and bars of our own";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        foreach (LogicGate gate in LogicGate.All)
        {
            yield return Row("logic-" + gate.Name, "lines of the truth table that nominal nodes give", gate.Cases.Count, 0,
                lab => Trial(gate, 0.1, 0, lab).Table.Count(c => c.IsRight));
        }

        yield return Row("logic-imp-yield-10", "share of 1000 specimens with the whole table, 10 % spread, 5 % from pulse to pulse: at least 0.98", 1, 0.02,
            lab => Trial(LogicGate.Find("imp")!, 0.1, Specimens, lab).Yield);
        yield return Row("logic-imp-yield-20", "share of 1000 specimens with the whole table, 20 % spread, 5 % from pulse to pulse: at least 0.92", 1, 0.08,
            lab => Trial(LogicGate.Find("imp")!, 0.2, Specimens, lab).Yield);
    }

    private static LogicTrial Trial(LogicGate gate, double spread, int specimens, CircuitLaboratory laboratory)
        => LogicTrial.Run(gate, new LogicSettings { DeviceSpread = spread }, specimens, 1, laboratory.Cancellation);

    private static ReproductionRow Row(
        string name, string quantity, double expected, double tolerance, Func<CircuitLaboratory, double> measure)
        => new()
        {
            Name = name,
            System = "logic",
            Quantity = quantity,
            Expected = expected,
            Tolerance = tolerance,
            Source = Emmerich,
            Provenance = Provenance.Computed,
            Columns = [Column.Reference],
            Measure = (laboratory, _) => measure(laboratory),
        };
}
