// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Models;

/// <summary>State of one circuit with a thyristor, brought forward in closed form at constant current. Volts, amperes and µs.</summary>
internal interface ICircuitState
{
    /// <summary>What a trace records, in V.</summary>
    double Output { get; }

    /// <summary>True when the thyristor is off and has its threshold across it.</summary>
    bool AtThreshold { get; }

    /// <summary>A copy to look ahead with.</summary>
    /// <returns>The copy.</returns>
    ICircuitState Copy();

    /// <summary>Puts charge on the membrane; it never falls below 0.</summary>
    void Add(double charge);

    /// <summary>Fires: the thyristor goes on.</summary>
    void Fire();

    /// <summary>Sets the membrane to the threshold, which it has reached but for the last bits.</summary>
    void GoToThreshold();

    /// <summary>Brings the circuit forward; the caller fires at the threshold.</summary>
    /// <param name="duration">Time in µs.</param>
    void Advance(double current, double duration);

    /// <summary>Time until the threshold is reached at constant current.</summary>
    /// <returns>Time in µs; infinity when it never is.</returns>
    double TimeToThreshold(double current);
}
