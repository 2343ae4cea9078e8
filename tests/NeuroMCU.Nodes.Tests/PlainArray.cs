// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Nodes.Tests;

/// <summary>A driver over the simulated nodes with a clock of its own, for tests of the controller without a wire.</summary>
internal sealed class PlainArray(VirtualNodeArray array, BoardNodes profile) : INodeArray
{
    private double _now;

    public VirtualNodeArray Array => array;

    public double Now => _now;

    public int Pulses { get; private set; }

    public int Rows => profile.Rows;

    public int Columns => profile.Columns;

    public bool SetsDirectly => false;

    /// <summary>What a node truly is, in millionths of full scale.</summary>
    public double True(int node) => array.Conductance(node, _now) / (profile.FullScale * 1e-12) * 1e6;

    public int Read(int node) => (int)Math.Round(array.Read(node, _now += 1e-4) / (profile.FullScale * 1e-12) * 1e6);

    public void Pulse(int node, int millivolts, int microseconds, int microamperes)
    {
        Pulses++;
        array.Pulse(node, millivolts / 1e3, microseconds / 1e6, microamperes / 1e6, _now);
        _now += microseconds / 1e6;
    }

    public void Bias(int node, int millivolts, int microamperes) => throw new NotSupportedException();

    public void Set(int node, int value) => throw new NotSupportedException();

    public int Chip => 0;

    public void Keep()
    {
        // Its nodes keep what they have.
    }

    public void Release()
    {
        // Nothing is held.
    }

    public void Wait(double seconds) => _now += seconds;
}
