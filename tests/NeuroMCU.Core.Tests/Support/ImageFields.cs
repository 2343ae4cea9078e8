// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Core.Tests.Support;

/// <summary>
/// Walks an image along docs/reference/image.md and lists its numbers with their ranges: a second reading of that page, which shares
/// nothing with <see cref="ImageReader" /> but the page. Population 0 is the only one of sources.
/// </summary>
internal sealed partial class ImageFields
{
    private const long Membrane = 1L << 30;
    private const long Volts = 1L << 38;
    private const long Current = 1L << 30;
    private const long Gain = 1L << 45;
    private const long Ramp = 1L << 48;
    private const long LeastRate = 1L << 17;
    private const long MostRate = 1L << 40;
    private const long Time = 10_000_000L << 16;
    private const long FineCurrent = 1L << 36;
    private const long FineRate = 1L << 44;
    private const long Share = 1L << 40;
    private const int Forever = int.MaxValue;

    private readonly byte[] _image;
    private readonly List<ImageField> _fields = [];
    private readonly List<(int Model, int Size, int Receptors)> _populations = [];
    private int _at;

    private ImageFields(byte[] image) => _image = image;

    private int Neurons => _populations.Sum(p => p.Size);

    private int Sources => _populations[0].Size;

    internal static IReadOnlyList<ImageField> Of(byte[] image)
    {
        ImageFields walk = new(image);
        walk.Header();
        walk.Section(1, walk.Population);
        walk.Section(2, walk.Projection);
        walk.StoredSpikes();
        walk.Section(4, walk.Poisson);
        walk.Section(5, walk.Drive);
        walk.Section(6, walk.Trace);
        walk.Section(7, walk.Readout);
        walk.Section(8, walk.Hearing);
        walk.Section(9, walk.Output);
        walk._at = walk.Begin(10) + walk.Items(10);
        walk.Align();
        walk.Section(11, walk.Channel);
        return walk._fields;
    }

    private static int Entry(int section) => 40 + ((section - 1) * 16);

    private int Begin(int section) => Int(Entry(section) + 4);

    private int End(int section) => Begin(section) + Int(Entry(section) + 8);

    private int Items(int section) => Int(Entry(section) + 12);

    private int Int(int at) => BitConverter.ToInt32(_image, at);

    private void Section(int section, Action item)
    {
        _at = Begin(section);
        for (int i = Items(section); i > 0; i--)
        {
            item();
        }

        Assert.Equal(End(section), _at);
    }

    private long Add(ImageField field)
    {
        _fields.Add(field);
        _at += field.Bits / 8;
        return field.Get(_image);
    }

    private long Value(string name, int bits, long min, long max, bool free = true) =>
        Add(new ImageField(name, _at, bits, min, max, ImageError.Range, ImageError.Range) { Free = free });

    private int Index(string name, int bits, int count, int first = 0, bool free = false) =>
        (int)Add(new ImageField(name, _at, bits, first, count - 1, ImageError.Index, ImageError.Index) { Free = free });

    private int Count(string name, int bits, long min, long max) =>
        (int)Add(new ImageField(name, _at, bits, min, max, ImageError.Count, ImageError.Count) { Counts = true });

    private void Fixed(string name, int error) =>
        Add(new ImageField(name, _at, 32, Int(_at), Int(_at), error, error));

    private void Zero(int bytes)
    {
        for (; bytes > 0; bytes--)
        {
            Add(new ImageField("zero", _at, 8, 0, 0, ImageError.Padding, ImageError.Padding));
        }
    }

    private void Align() => Zero(-_at & 3);

    private void Header()
    {
        _at = 16;
        Value("step", 32, 10, 100_000);
        Value("queue", 32, 1, 16_383);
        Value("spike ring", 32, 1, 65_535);
        Fixed("neurons", ImageError.Count);
        Fixed("synapses", ImageError.Count);
        Value("heap", 32, 0, int.MaxValue);
        for (int section = 1; section <= 11; section++)
        {
            _at = Entry(section);
            Fixed("section", ImageError.Section);
            Fixed("section offset", ImageError.Section);
            _at += 4;

            // One item too many is found where it should lie; only what no section can hold is found here.
            Add(new ImageField("items", _at, 32, 0, int.MaxValue, ImageError.Count, 0) { Counts = true });
        }
    }

    private void StoredSpikes()
    {
        _at = Begin(3);
        int previous = 0;
        for (int i = Items(3); i > 0; i--)
        {
            int below = previous == 0 ? ImageError.Range : ImageError.Order;
            previous = (int)Add(new ImageField("spike time", _at, 32, previous, Forever, below, 0) { Free = i == 1 });
        }

        for (int i = Items(3); i > 0; i--)
        {
            Index("spike source", 16, Sources, free: true);
        }

        Align();
    }

    private void Poisson()
    {
        int first = Index("first", 16, Neurons);
        Index("number of trains", 16, Neurons - first + 1);
        Value("mean interval", 32, 1, Forever);
        _at += 4;
        Window();
    }

    private void Window()
    {
        long start = Value("start", 32, 0, Forever, free: false);
        Add(new ImageField("end", _at, 32, start, Forever, ImageError.Order, 0) { Free = true });
    }

    private void Drive()
    {
        int size = _populations[Index("driven population", 16, _populations.Count, first: 1)].Size;
        int first = Index("first", 16, size);
        Index("number", 16, size - first + 1, free: true);
        Zero(2);
        Value("amplitude", 32, -Membrane, Membrane);
        Window();
    }

    private void Trace()
    {
        int neuron = Index("traced neuron", 32, Neurons, first: Sources);
        Value("interval", 32, 1, Forever);
        int owner = 0;
        while (neuron >= _populations[owner].Size)
        {
            neuron -= _populations[owner++].Size;
        }

        // -1 is the weight of a synapse, and makes another thing of what stands before it.
        Value("quantity", 32, -1, _populations[owner].Model is 1 or 5 ? 0 : 1, free: false);
    }

    private void Readout()
    {
        bool direction = Value("read-out", 8, 0, 1, free: false) == 1;
        Zero(1);
        int populations = Count("populations", 16, 1, direction ? 255 : 1);
        Value("half width", 16, 0, 4096);
        Zero(2);
        Value("window", 32, 0, Forever);
        Value("least spikes", 32, 0, Forever);
        int values = Int(_at);
        Count("values", 32, values, values);
        int parameters = Count("parameters", 32, 0, direction ? 8192 : 0);
        for (; populations > 0; populations--)
        {
            Index("population", 16, _populations.Count);
        }

        Align();
        _at += 4 * (values + parameters);
    }

    private void Hearing()
    {
        Index("left", 16, 1);
        Index("right", 16, 1);
        Value("sample rate", 32, 1, int.MaxValue);
        int parameters = Count("parameters", 32, 0, 4096);
        _at += 4 * parameters;
    }

    private void Output()
    {
        bool neuron = Value("source", 8, 0, 1, free: false) == 1;
        _at++;
        Index("index", 16, neuron ? Neurons : Items(7), free: true);
        _at += 8;
    }

    private void Channel()
    {
        Index("channel", 16, 64, free: true);
        int points = Count("points", 16, 2, 256);
        _at += 4;
        Value("largest code", 32, 0, 65_535);
        Points("current", points, -Current, Current, 1);
        Points("code", points, 0, 65_535, 0);
    }

    private void Points(string name, int points, long min, long max, int rise)
    {
        for (int i = 0; i < points; i++)
        {
            long least = i == 0 ? min : Int(_at - 4) + rise;
            int below = least > min ? ImageError.Order : ImageError.Range;
            Add(new ImageField(name, _at, 32, least, max, below, ImageError.Range) { Free = i == points - 1 });
        }
    }
}
