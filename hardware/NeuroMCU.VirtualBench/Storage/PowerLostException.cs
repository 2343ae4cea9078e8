// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Storage;

/// <summary>The simulated device has lost its power inside a call of its file store: the firmware is gone; start it anew.</summary>
public sealed class PowerLostException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="PowerLostException" /> class.</summary>
    public PowerLostException()
        : base("the power of the simulated device failed")
    {
    }
}
