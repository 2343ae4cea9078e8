// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Nodes;

/// <summary>
/// A node of an array that a device has: the weight is where its conductance lies between both ends of its range. Pulses take their
/// time; until one is over the weight is that of before.
/// </summary>
internal sealed class ArrayNode : ISynapseNode
{
    private const double FirstStep = 0.05;
    private const double LeastStep = 0.002;
    private const double Trust = 0.3;
    private readonly NodeArrayLink _link;
    private readonly double _low;
    private readonly double _high;
    private readonly double[] _steps = [FirstStep, FirstStep];
    private double _conductance;

    /// <summary>Makes a node.</summary>
    /// <param name="place">Its number in the array.</param>
    /// <param name="low">Conductance in S of the weight 0.</param>
    /// <param name="high">Conductance in S of the weight 255.</param>
    /// <param name="conductance">Conductance in S now.</param>
    public ArrayNode(NodeArrayLink link, int place, double low, double high, double conductance)
    {
        (_link, Place, _low, _high, _conductance) = (link, place, low, high, conductance);
    }

    /// <summary>Its number in the array.</summary>
    public int Place { get; }

    /// <inheritdoc />
    public double Fraction => Math.Clamp((Volatile.Read(ref _conductance) - _low) / (_high - _low), 0, 1);

    /// <inheritdoc />
    public byte Weight => (byte)Math.Round(255 * Fraction, MidpointRounding.ToEven);

    /// <summary>Conductance in S, as it was measured last. The node itself keeps it: what a file kept changes nothing.</summary>
    public double State
    {
        get => Volatile.Read(ref _conductance);
        set => _ = value;
    }

    /// <inheritdoc />
    public void Pulse(WeightChange change)
    {
        if (change != WeightChange.None)
        {
            _link.Post(this, change == WeightChange.Potentiate, 1);
        }
    }

    /// <inheritdoc />
    public void Move(double change)
    {
        // The part of a full pulse that goes so far, by what the last ones did; at most a whole one.
        double part = Math.Abs(change) / _steps[change > 0 ? 1 : 0];
        _link.Post(this, change > 0, Math.Min(1, part));
    }

    /// <summary>Notes what a pulse has done.</summary>
    /// <param name="up">Its direction.</param>
    /// <param name="part">Its length, as a part of a full one.</param>
    /// <param name="conductance">Conductance in S after it.</param>
    public void Note(bool up, double part, double conductance)
    {
        double before = Fraction;
        Volatile.Write(ref _conductance, conductance);
        double moved = Math.Abs(Fraction - before) / part;
        int direction = up ? 1 : 0;
        _steps[direction] = Math.Max(LeastStep, ((1 - Trust) * _steps[direction]) + (Trust * moved));
    }
}
