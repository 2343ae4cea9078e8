// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Compiler;

/// <summary>
/// Names and units of a network: lines of UTF-8 text that travel in the image unread by the device, so that a host can name what it finds
/// on a device whose network file it has never seen.
/// </summary>
/// <remarks>
/// Lines: <c>network NAME</c>, <c>population INDEX NAME UNITVALUE REST UNIT</c>, <c>variable POPULATION NAME UNITVALUE UNIT</c> (by the
/// number of its trace), <c>current POPULATION BITS</c> where currents are not in 2^-12 nA, <c>projection INDEX NAME</c>,
/// <c>nodes INDEX measured</c> for a projection whose weights were measured on nodes, <c>readout INDEX NAME UNIT</c>; numbers in the
/// invariant culture's round-trip form. Lines of other kinds are skipped, so that later versions can add some.
/// </remarks>
public sealed class SymbolTable
{
    private const int MostCurrentBits = 62;

    /// <summary>Makes a table.</summary>
    /// <param name="network">Name of the network.</param>
    /// <param name="populations">Populations by index.</param>
    /// <param name="projections">Names of the projections by index.</param>
    /// <param name="readouts">Read-outs by index.</param>
    /// <param name="weights">How weights are counted, by projection; null entries for membrane units of the target.</param>
    /// <param name="measured">Indices of the projections whose weights were measured on nodes; null for none.</param>
    public SymbolTable(
        string network, IReadOnlyList<PopulationSymbol> populations, IReadOnlyList<string> projections,
        IReadOnlyList<ReadoutSymbol> readouts,
        IReadOnlyList<WeightFormat?>? weights = null, IReadOnlySet<int>? measured = null)
    {
        Network = network;
        Weights = weights ?? new WeightFormat?[projections.Count];
        Measured = measured ?? new HashSet<int>();
        Populations = populations;
        Projections = projections;
        Readouts = readouts;
    }

    /// <summary>Name of the network.</summary>
    public string Network { get; }

    /// <summary>Populations by index.</summary>
    public IReadOnlyList<PopulationSymbol> Populations { get; }

    /// <summary>Names of the projections by index.</summary>
    public IReadOnlyList<string> Projections { get; }

    /// <summary>How weights are counted, by projection; null where they are in membrane units of the target.</summary>
    public IReadOnlyList<WeightFormat?> Weights { get; }

    /// <summary>Indices of the projections whose weights were measured on nodes: other numbers are not theirs.</summary>
    public IReadOnlySet<int> Measured { get; }

    /// <summary>Read-outs by index.</summary>
    public IReadOnlyList<ReadoutSymbol> Readouts { get; }

    /// <summary>Writes the table.</summary>
    /// <returns>UTF-8 text.</returns>
    public byte[] Encode()
    {
        StringBuilder text = new();
        text.Append("network ").Append(Network).Append('\n');
        foreach (PopulationSymbol p in Populations)
        {
            text.Append(CultureInfo.InvariantCulture, $"population {p.Index} {p.Name} {p.UnitValue:R} {p.Rest:R} {p.Unit}\n");
            if (p.CurrentBits != Formats.CurrentBits)
            {
                text.Append(CultureInfo.InvariantCulture, $"current {p.Index} {p.CurrentBits}\n");
            }

            foreach (VariableSymbol v in p.Variables ?? [])
            {
                text.Append(CultureInfo.InvariantCulture, $"variable {p.Index} {v.Name} {v.UnitValue:R} {v.Unit}\n");
            }
        }

        for (int i = 0; i < Projections.Count; i++)
        {
            string weight = Weights[i] is { } w ? string.Create(CultureInfo.InvariantCulture, $" {w.Value:R} {w.Unit}") : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"projection {i} {Projections[i]}{weight}\n");
            if (Measured.Contains(i))
            {
                text.Append(CultureInfo.InvariantCulture, $"nodes {i} measured\n");
            }
        }

        foreach (ReadoutSymbol r in Readouts)
        {
            text.Append(CultureInfo.InvariantCulture, $"readout {r.Index} {r.Name} {r.Unit}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads a table; what it does not name gets a name by its number, so that a foreign image can be talked about too.</summary>
    /// <param name="symbols">UTF-8 text; null or empty names nothing.</param>
    /// <param name="populationCount">Number of populations in the image.</param>
    /// <param name="projectionCount">Number of projections in the image.</param>
    /// <param name="readoutCount">Number of read-outs in the image.</param>
    /// <returns>The table.</returns>
    public static SymbolTable Decode(byte[]? symbols, int populationCount, int projectionCount, int readoutCount)
    {
        string network = string.Empty;
        PopulationSymbol[] populations = Enumerable.Range(0, populationCount)
            .Select(i => new PopulationSymbol(i, Numbered("population", i), 1, 0, "1")).ToArray();
        string[] projections = Enumerable.Range(0, projectionCount).Select(i => Numbered("projection", i)).ToArray();
        WeightFormat?[] weights = new WeightFormat?[projectionCount];
        HashSet<int> measured = [];
        ReadoutSymbol[] readouts = Enumerable.Range(0, readoutCount).Select(i => new ReadoutSymbol(i, Numbered("readout", i), "1"))
            .ToArray();
        foreach (string line in Printable.Of(Encoding.UTF8.GetString(symbols ?? []), lines: true).Split('\n'))
        {
            string[] parts = line.Split(' ');
            int count = parts[0] switch
            {
                "population" or "variable" or "current" => populationCount,
                "projection" or "nodes" => projectionCount,
                "readout" => readoutCount,
                _ => 0,
            };
            if (string.Equals(parts[0], "network", StringComparison.Ordinal))
            {
                network = line["network".Length..].Trim();
            }
            else if (parts.Length > 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index < count)
            {
                DecodeEntry(parts, index, populations, projections, weights, measured, readouts);
            }
        }

        return new SymbolTable(network, populations, projections, readouts, weights, measured);
    }

    private static void DecodeEntry(string[] parts, int index, PopulationSymbol[] populations, string[] projections,
        WeightFormat?[] weights, HashSet<int> measured, ReadoutSymbol[] readouts)
    {
        switch (parts[0])
        {
            case "population" when parts.Length == 6 && Number(parts[3], out double unit) && Number(parts[4], out double rest) && unit > 0:
                populations[index] = new PopulationSymbol(index, parts[2], unit, rest, parts[5]);
                break;
            case "variable" when parts.Length == 5 && Number(parts[3], out double variable) && variable > 0:
                populations[index] = populations[index] with
                {
                    Variables = [.. populations[index].Variables ?? [],
                    new VariableSymbol(parts[2], variable, parts[4])]
                };
                break;
            case "current" when parts.Length == 3 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
                && bits <= MostCurrentBits:
                populations[index] = populations[index] with { CurrentBits = bits };
                break;
            case "projection" when parts.Length == 5 && Number(parts[3], out double value) && value > 0:
                projections[index] = parts[2];
                weights[index] = new WeightFormat(value, parts[4]);
                break;
            case "projection" when parts.Length == 3:
                projections[index] = parts[2];
                break;
            case "nodes" when parts is [_, _, "measured"]:
                measured.Add(index);
                break;
            case "readout" when parts.Length == 4:
                readouts[index] = new ReadoutSymbol(index, parts[2], parts[3]);
                break;
        }
    }

    private static bool Number(string text, out double value)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static string Numbered(string kind, int index)
        => string.Create(CultureInfo.InvariantCulture, $"{kind}{index}");
}
