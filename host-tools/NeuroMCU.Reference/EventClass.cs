// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Reference;

/// <summary>Order of events within one microsecond, as the semantics page numbers them.</summary>
internal enum EventClass
{
    /// <summary>Steps of drive.</summary>
    Drive = 1,

    /// <summary>Source neurons that fire.</summary>
    Source = 2,

    /// <summary>Rounds: arrivals at synapses, then the neurons that are at their threshold.</summary>
    Round = 3,

    /// <summary>The step of all clocked populations.</summary>
    Step = 4,

    /// <summary>Trace samples.</summary>
    Sample = 5,
}
