// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Support;

/// <content>Populations and projections.</content>
internal sealed partial class ImageFields
{
    private void Population()
    {
        int number = (int)Value("model", 8, 0, ModelList.All.Max(m => m.Number), free: false);
        Model model = number == 0 ? new SourceModel() : ModelList.All.Single(m => m.Number == number);
        Value("update", 8, 0, number == 0 ? 0 : 1, free: false);
        Value("recorded", 8, 0, 1);
        Zero(1);
        int size = (int)Value("size", 16, 1, 4096, free: false);
        Zero(2);
        int receptors = 0;
        if (number != 0)
        {
            receptors = (int)Value("receptors", 8, 0, 4, free: false);
            Parameters(model, size, receptors);
        }

        _populations.Add((number, size, receptors));
    }

    private void Values(string name, int number, int bits, long min, long max)
    {
        for (; number > 0; number--)
        {
            Value(name, bits, min, max);
        }
    }

    private void Parameters(Model model, int size, int receptors)
    {
        bool channels = Value("channels", 8, 0, 1, free: false) == 1;
        Zero(2);
        for (int i = 0; i < receptors; i++)
        {
            Value("stages", 8, 1, 2);
            Value("inhibitory", 8, 0, 1);
            Zero(2);
            Value("receptor decay", 32, 0, int.MaxValue);
        }

        Values("channel", channels ? size : 0, 32, 0, 63);
        foreach ((long min, long max) in model.Least.Zip(model.Most))
        {
            // Four bytes where the bounds need no more.
            int bits = min >= int.MinValue && max <= int.MaxValue ? 32 : 64;
            for (int number = Count("values", 32, 1, 4096); number > 0; number--)
            {
                // Some of them must lie below others as well, so that an end of the range need not be good.
                Value("parameter", bits, min, max, free: false);
            }
        }
    }

    private void Projection()
    {
        int rows = _populations[Index("source", 16, _populations.Count)].Size;
        (int model, int size, int receptors) = _populations[Index("target", 16, _populations.Count, first: 1)];
        if (_image[_at] == 255)
        {
            _at++;
        }
        else
        {
            Value("receptor", 8, 0, model switch { 1 => 0, 5 => 1, _ => receptors - 1 });
        }

        Zero(3);
        Value("scale", 32, 1, 65_536);
        int synapses = Count("synapses", 32, 0, (End(2) - _at - 4 - (4 * (rows + 1))) / 6);
        int[] start = new int[rows + 1];
        for (int i = 0; i <= rows; i++)
        {
            start[i] = RowStart(i, rows, i == 0 ? 0 : start[i - 1], synapses);
        }

        for (int row = 0; row < rows; row++)
        {
            for (int i = start[row]; i < start[row + 1]; i++)
            {
                Synapse(size, i == start[row] ? 0 : (uint)Int(_at - 4), i == start[row + 1] - 1);
            }
        }

        Values("weight", synapses, 16, -32_767, 32_767);
        Align();
    }

    // The first row begins at 0 and the last one ends with the synapses.
    private int RowStart(int row, int rows, int previous, int synapses)
    {
        int least = row == rows ? synapses : previous;
        int most = row == 0 ? 0 : synapses;
        int below = least == 0 ? ImageError.Index : ImageError.Order;
        int above = most == synapses ? ImageError.Index : ImageError.Order;
        return (int)Add(new ImageField("row start", _at, 32, least, most, below, above));
    }

    // Twenty bits of delay above twelve bits of target, ascending within the row.
    private void Synapse(int targets, uint previous, bool last)
    {
        uint synapse = (uint)Int(_at);
        uint delay = synapse >> 12;
        uint target = synapse & 4095;
        uint leastDelay = (previous >> 12) + (target < (previous & 4095) ? 1u : 0);
        uint leastTarget = delay == previous >> 12 ? previous & 4095 : 0;
        _fields.Add(new ImageField("delay", _at, 20, leastDelay, 1_000_000, ImageError.Order, ImageError.Range)
        {
            Shift = 12,
            Free = last
        });
        _fields.Add(new ImageField("target", _at, 12, leastTarget, targets - 1, ImageError.Order, ImageError.Index) { Free = last });
        _at += 4;
    }
}
