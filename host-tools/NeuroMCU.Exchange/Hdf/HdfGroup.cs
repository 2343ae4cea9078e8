// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using PureHDF;

namespace NeuroMCU.Exchange.Hdf;

/// <summary>A group of an HDF5 file, with its place for errors.</summary>
internal sealed class HdfGroup(string file, string place, IH5Group group, ExchangeProblem problem)
{
    /// <summary>Most values of one dataset that are read: 512 MB of numbers.</summary>
    public const long MostValues = 1L << 26;

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>Where the group is, such as <c>/node/nodes</c>; empty for the root.</summary>
    public string Place => place;

    /// <summary>Names of its groups and datasets, in the order of the file.</summary>
    public IReadOnlyList<string> Names => Guard(place, () => group.Children().Select(child => child.Name).ToArray());

    /// <summary>Names of its groups.</summary>
    public IReadOnlyList<string> GroupNames =>
        Guard(place, () => group.Children().OfType<IH5Group>().Select(child => child.Name).ToArray());

    /// <summary>Whether there is a child of this name.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>A group in it.</summary>
    /// <exception cref="ExchangeException">There is none.</exception>
    public HdfGroup Group(string name) => Find<IH5Group>(name) is { } child
        ? new HdfGroup(file, PlaceOf(name), child, problem)
        : throw Missing(name, "group");

    /// <summary>A group in it; null where there is none.</summary>
    public HdfGroup? GroupOrNull(string name) =>
        Find<IH5Group>(name) is { } child ? new HdfGroup(file, PlaceOf(name), child, problem) : null;

    /// <summary>A text.</summary>
    /// <exception cref="ExchangeException">There is none.</exception>
    public string Text(string name) => Texts(name) is [string text, ..] ? text : throw Missing(name, "text");

    /// <summary>A text; null where there is none.</summary>
    public string? TextOrNull(string name) => Find<IH5Dataset>(name) is null ? null : Text(name);

    /// <summary>Texts in row-major order.</summary>
    /// <exception cref="ExchangeException">There are none.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        IH5Dataset set = Dataset(name);
        if (set.Type.Class is not (H5DataTypeClass.VariableLength or H5DataTypeClass.String))
        {
            throw Wrong(name, "holds numbers where texts belong");
        }

        return Guard(PlaceOf(name), () => set.Space.Type == H5DataspaceType.Scalar ? [set.Read<string>()]
            : Count(name, set) == 0 ? [] : set.Read<string[]>());
    }

    /// <summary>Numbers of any numeric type; null where there are none.</summary>
    public HdfArray? NumbersOrNull(string name) => Find<IH5Dataset>(name) is null ? null : Numbers(name);

    /// <summary>Numbers of any numeric type.</summary>
    /// <exception cref="ExchangeException">There are none, or more than can be read.</exception>
    public HdfArray Numbers(string name)
    {
        IH5Dataset set = Dataset(name);
        long count = Count(name, set);
        int[] shape = set.Space.Type == H5DataspaceType.Scalar ? [] : [.. set.Space.Dimensions.Select(d => (int)d)];
        return new HdfArray(count == 0 ? [] : Guard(PlaceOf(name), () => Values(name, set)), shape);
    }

    /// <summary>Declared shape of a dataset, which is not read; null where there is none.</summary>
    public IReadOnlyList<ulong>? ShapeOf(string name) => Find<IH5Dataset>(name)?.Space.Dimensions;

    /// <summary>A text attribute; null where there is none.</summary>
    public string? Attribute(string name) => AttributeOf(group, name);

    /// <summary>A text attribute of a dataset; null where there is none.</summary>
    public string? Attribute(string dataset, string name) => Find<IH5Dataset>(dataset) is { } set ? AttributeOf(set, name) : null;

    /// <summary>A number attribute; null where there is none.</summary>
    public double? NumberAttribute(string name) => Guard(place, () => !group.AttributeExists(name) ? (double?)null
        : group.Attribute(name) is var a && a.Type.Class == H5DataTypeClass.FloatingPoint
            ? a.Type.Size == 4 ? a.Read<float>() : a.Read<double>()
            : a.Read<long>());

    /// <summary>The error for something wrong at a child.</summary>
    public ExchangeException Wrong(string name, string what, string next = "correct it in the program that wrote it, and export again") =>
        new(problem, file, PlaceOf(name), what, next);

    /// <summary>The error for something wrong at a child, of another kind.</summary>
    public ExchangeException Wrong(ExchangeProblem kind, string name, string what, string next) =>
        new(kind, file, PlaceOf(name), what, next);

    private string? AttributeOf(IH5Object owner, string name) => Guard(place, () => !owner.AttributeExists(name) ? null
        : owner.Attribute(name) is var a && a.Type.Class is H5DataTypeClass.VariableLength or H5DataTypeClass.String
            ? a.Space.Type == H5DataspaceType.Scalar ? a.Read<string>() : a.Read<string[]>().FirstOrDefault()
            : null);

    private string PlaceOf(string name) => place + "/" + name;

    private ExchangeException Missing(string name, string kind) => new(
        ExchangeProblem.Name == problem ? problem : problem == ExchangeProblem.Recording ? problem : ExchangeProblem.Name,
        file, place.Length == 0 ? "/" : place,
        $"has no {kind} '{name}'" + (Names.Count == 0 ? string.Empty : $" (it has {string.Join(", ", Names.Take(12))})"),
        "check that it is a file of this format, or export it again");

    private T? Find<T>(string name)
        where T : class, IH5Object =>
        Guard(PlaceOf(name), () => group.LinkExists(name) ? group.Get(name) as T : null);

    private IH5Dataset Dataset(string name) => Find<IH5Dataset>(name) ?? throw Missing(name, "dataset");

    // Of the declared shape, before anything is read: a file of a few bytes may declare terabytes.
    private long Count(string name, IH5Dataset set)
    {
        if (set.Space.Type == H5DataspaceType.Scalar)
        {
            return 1;
        }

        double count = set.Space.Dimensions.Aggregate(1.0, (product, size) => product * size);
        if (count > MostValues)
        {
            string size = string.Create(CultureInfo.InvariantCulture, $"{count * set.Type.Size / (1 << 30):0.#} GB");
            throw new ExchangeException(ExchangeProblem.TooBig, file, PlaceOf(name),
                $"has the shape ({string.Join(", ", set.Space.Dimensions)}), {size}; at most {MostValues} values are read",
                "a device holds about 20 000 synapses: export a smaller network, or a shorter recording");
        }

        return (long)count;
    }

    private double[] Values(string name, IH5Dataset set)
    {
        bool scalar = set.Space.Type == H5DataspaceType.Scalar;
        IH5DataType type = set.Type;
        double[] Of<T>(Func<T, double> toDouble) => scalar ? [toDouble(set.Read<T>())]
            : Array.ConvertAll(set.Read<T[]>(), v => toDouble(v));
        return (type.Class, type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, 2) => Of<Half>(v => (double)v),
            (H5DataTypeClass.FloatingPoint, 4) => Of<float>(v => v),
            (H5DataTypeClass.FloatingPoint, 8) => Of<double>(v => v),
            (H5DataTypeClass.FixedPoint, _) when type.FixedPoint.IsSigned => type.Size switch
            {
                1 => Of<sbyte>(v => v),
                2 => Of<short>(v => v),
                4 => Of<int>(v => v),
                _ => Of<long>(v => v),
            },
            (H5DataTypeClass.FixedPoint, _) => type.Size switch
            {
                1 => Of<byte>(v => v),
                2 => Of<ushort>(v => v),
                4 => Of<uint>(v => v),
                _ => Of<ulong>(v => v),
            },
            (H5DataTypeClass.Enumerated, 1) => Of<sbyte>(v => v),
            _ => throw Wrong(name, "holds texts or records where numbers belong"),
        };
    }

    private T Guard<T>(string where, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (HdfFile.IsDamage(e))
        {
            throw HdfFile.Damaged(file, where, problem, e);
        }
    }
}
