// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>Measures a circuit at a constant current, as one would on the bench.</summary>
public static class CircuitRates
{
    /// <summary>Gets the times at which a circuit that starts empty fires.</summary>
    /// <param name="circuit">The circuit, not driven so far.</param>
    /// <param name="current">Current in A.</param>
    /// <param name="settle">Time in s whose spikes are not reported.</param>
    /// <param name="window">Time in s after that.</param>
    /// <returns>The times in s.</returns>
    public static IReadOnlyList<double> Spikes(INeuronCircuit circuit, double current, double settle, double window)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var times = new List<double>();
        circuit.Fired = time =>
        {
            if (time >= settle)
            {
                times.Add(time);
            }
        };
        circuit.Drive(0, current);
        circuit.Advance(settle + window);
        circuit.Fired = null;
        return times;
    }

    /// <summary>Gets the rate of a circuit, from its first to its last interval in the window.</summary>
    /// <param name="circuit">The circuit, not driven so far.</param>
    /// <param name="current">Current in A.</param>
    /// <param name="settle">Time in s whose spikes are not counted.</param>
    /// <param name="window">Time in s after that.</param>
    /// <returns>Rate in Hz; 0 when fewer than two spikes were seen.</returns>
    public static double Rate(INeuronCircuit circuit, double current, double settle = 1, double window = 2)
    {
        IReadOnlyList<double> times = Spikes(circuit, current, settle, window);
        return times.Count < 2 ? 0 : (times.Count - 1) / (times[^1] - times[0]);
    }
}
