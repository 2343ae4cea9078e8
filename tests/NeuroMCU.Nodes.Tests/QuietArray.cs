// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;

namespace NeuroMCU.Nodes.Tests;

/// <summary>Six by six nodes without spread or noise, which count what is done to them.</summary>
internal sealed class QuietArray : INodeArray
{
    private const int Million = 1_000_000;

    private readonly int[] _values = [.. Enumerable.Range(0, 36).Select(n => 300_000 + (1000 * n))];

    public List<(int Node, int Millivolts, int Microseconds)> Given { get; private set; } = [];

    public int Kept { get; private set; }

    public int Rows => 6;

    public int Columns => 6;

    public bool SetsDirectly => false;

    public int Chip => 0;

    public static BoardNodes Limits() => new()
    {
        Kind = NodeArrayKind.Virtual,
        Rows = 6,
        Columns = 6,
        FullScale = 10_000_000,
        ReadMillivolts = 100,
        DisturbMillivolts = 500,
        PulseMillivolts = 2000,
        PulseMicroseconds = 100,
        PulseShare = 160_000,
        MaxMillivolts = 4000,
        MaxMicroseconds = 20_000,
        MaxMicroamperes = 200,
    };

    public void CopyFrom(QuietArray other)
    {
        other._values.CopyTo(_values, 0);
        Given = [.. other.Given];
    }

    public int Read(int node) => _values[node];

    public void Pulse(int node, int millivolts, int microseconds, int microamperes)
    {
        Given.Add((node, millivolts, microseconds));
        _values[node] += (millivolts > 0 ? Million - _values[node] : -_values[node]) / 20;
    }

    public void Bias(int node, int millivolts, int microamperes) => throw new NotSupportedException();

    public void Set(int node, int value) => throw new NotSupportedException();

    public void Keep() => Kept++;

    public void Release()
    {
        // Nothing is held.
    }
}
