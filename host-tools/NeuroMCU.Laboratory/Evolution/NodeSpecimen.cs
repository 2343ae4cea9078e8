// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>A virtual array with a clock of its own, as the firmware's code sees it.</summary>
/// <param name="array">The array.</param>
/// <param name="limits">Its profile.</param>
internal sealed class NodeSpecimen(VirtualNodeArray array, BoardNodes limits) : INodeArray
{
    private const double Million = 1e6;
    private const double Pico = 1e-12;
    private const double Settling = 100e-6;

    /// <inheritdoc />
    public int Rows => limits.Rows;

    /// <inheritdoc />
    public int Columns => limits.Columns;

    /// <inheritdoc />
    public bool SetsDirectly => false;

    /// <summary>Time in s.</summary>
    public double Time { get; set; }

    /// <inheritdoc />
    public int Read(int node)
    {
        Time += array.Plan.ReadSeconds + Settling;
        return (int)Math.Round(array.Read(node, Time) / (limits.FullScale * Pico) * Million);
    }

    /// <inheritdoc />
    public void Pulse(int node, int millivolts, int microseconds, int microamperes)
    {
        array.Pulse(node, millivolts / 1000.0, microseconds / Million, microamperes / Million, Time);
        Time += (microseconds / Million) + Settling;
    }

    /// <inheritdoc />
    public void Bias(int node, int millivolts, int microamperes)
        => throw new NotSupportedException("an array that evolves gets short pulses only");

    /// <inheritdoc />
    public void Set(int node, int value)
    {
        // Nodes of these laws are moved by pulses.
    }

    /// <inheritdoc />
    public int Chip => 0;

    /// <inheritdoc />
    public void Keep()
    {
        // Formed nodes keep what they have.
    }

    /// <inheritdoc />
    public void Release()
    {
        // No pulse is longer than the call that gives it.
    }
}
