// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>The driver of an array that exists on the virtual bench only: calls become voltages, and take the time that they would
/// take.</summary>
internal sealed class BenchNodeArray(VirtualNodeArray array, BoardNodes profile, Bench bench) : INodeArray
{
    private const double Pico = 1e-12;
    private const double Million = 1e6;

    // Two switches and a source are set by one transfer each before a voltage reaches a node.
    private const int Transfers = 3;

    private readonly Lock _gate = new();
    private int _held = -1;
    private int _millivolts;
    private int _microamperes;
    private double _since;

    /// <inheritdoc />
    public int Rows => profile.Rows;

    /// <inheritdoc />
    public int Columns => profile.Columns;

    /// <inheritdoc />
    public bool SetsDirectly => false;

    private double Now => bench.Clock.Nanoseconds / 1e9;

    /// <inheritdoc />
    public int Read(int node)
    {
        lock (_gate)
        {
            bench.Charge(DeviceCall.SpiTransfer, Transfers);
            Wait(array.Plan.ReadSeconds);
            bench.Charge(DeviceCall.AdcRead);
            return (int)Math.Round(array.Read(node, Now) / (profile.FullScale * Pico) * Million);
        }
    }

    /// <inheritdoc />
    public void Pulse(int node, int millivolts, int microseconds, int microamperes)
    {
        lock (_gate)
        {
            bench.Charge(DeviceCall.SpiTransfer, Transfers);
            array.Pulse(node, millivolts / 1000.0, microseconds / Million, microamperes / Million, Now);
            Wait(microseconds / Million);
        }
    }

    /// <inheritdoc />
    public void Bias(int node, int millivolts, int microamperes)
    {
        lock (_gate)
        {
            bench.Charge(DeviceCall.SpiTransfer, Transfers);
            (_held, _millivolts, _microamperes, _since) = (node, millivolts, microamperes, Now);
        }
    }

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
        lock (_gate)
        {
            if (_held >= 0)
            {
                array.Pulse(_held, _millivolts / 1000.0, Now - _since, _microamperes / Million, _since);
                _held = -1;
            }
        }
    }

    private void Wait(double seconds) => bench.Clock.Charge((long)Math.Round(seconds * 1e9));
}
