// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Host.Networks
{
    /// <summary>Physical dimension of a quantity in a network file.</summary>
    public enum Dimension
    {
        /// <summary>A pure number.</summary>
        None,

        /// <summary>Time; base unit µs.</summary>
        Time,

        /// <summary>Frequency; base unit Hz.</summary>
        Frequency,

        /// <summary>Voltage; base unit mV.</summary>
        Voltage,

        /// <summary>Angle; base unit degree.</summary>
        Angle,

        /// <summary>Length; base unit mm.</summary>
        Length,
    }
}
