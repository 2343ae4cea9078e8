// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Host.Reference
{
    /// <summary>Order of events within one microsecond, as the semantics page numbers them.</summary>
    internal enum EventClass
    {
        /// <summary>Steps of drive.</summary>
        Drive = 1,

        /// <summary>Source neurons that fire.</summary>
        Source = 2,

        /// <summary>Arrivals at synapses.</summary>
        Arrival = 3,

        /// <summary>Computed crossings of the threshold.</summary>
        Crossing = 4,

        /// <summary>The step of all clocked populations.</summary>
        Step = 5,

        /// <summary>Trace samples.</summary>
        Sample = 6,
    }
}
