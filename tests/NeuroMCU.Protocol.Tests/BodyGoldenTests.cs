// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.Protocol.Tests;

/// <summary>
/// The bytes of every body, with contents that hang on nothing but the names of its members: a device and a host of different builds read
/// each other, so no build may write them otherwise. NEUROMCU_UPDATE_GOLDEN=1 rewrites the file.
/// </summary>
public class BodyGoldenTests
{
    private const int Variants = 6;

    private static readonly string s_file =
        Path.Combine(Repository.Root, "tests", "NeuroMCU.Protocol.Tests", "Golden", "bodies.txt");

    [Fact]
    public void Every_body_has_the_bytes_that_it_always_had()
    {
        var lines = Bodies().SelectMany(type => Enumerable.Range(0, Variants).Select(variant => Line(type, variant))).Concat(Streams())
            .ToList();
        if (Environment.GetEnvironmentVariable("NEUROMCU_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(s_file, lines);
        }

        Assert.Equal(File.ReadAllLines(s_file), lines);
    }

    /// <summary>All classes that write themselves as a body.</summary>
    internal static IEnumerable<Type> Bodies() => typeof(Nack).Assembly.GetTypes()
        .Where(type => type.GetMethod("Write", [typeof(BodyWriter)]) != null)
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>Fills the members of a body; variant 0 has an empty list, variant 1 a single item, the others full lists.</summary>
    internal static object Filled(Type type, int variant)
    {
        var body = Activator.CreateInstance(type)!;
        Fill(body, type.Name, variant);
        return body;
    }

    private static void Fill(object body, string path, int variant)
    {
        foreach (var field in body.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            var place = $"{path}.{field.Name}";
            switch (field.GetValue(body))
            {
                case null:
                    field.SetValue(body, Enumerable.Range(0, variant * 3).Select(k => (byte)Random($"{place}[{k}]", variant)).ToArray());
                    break;
                case int when field.Name == "Count":
                    field.SetValue(body, Math.Min(variant == 0 ? 0 : variant == 1 ? 1 : 255, Capacity(body)));
                    break;
                case bool:
                    field.SetValue(body, (Random(place, variant) & 1) == 1);
                    break;
                case int:
                    field.SetValue(body, (int)Random(place, variant));
                    break;
                case uint:
                    field.SetValue(body, (uint)Random(place, variant));
                    break;
                case long:
                    field.SetValue(body, (long)Random(place, variant));
                    break;
                case Array list:
                    for (var k = 0; k < list.Length; k++)
                    {
                        var value = Random($"{place}[{k}]", variant);
                        list.SetValue(Element(list.GetType().GetElementType()!, value, k), k);
                    }

                    break;
                case var nested:
                    Fill(nested, place, variant);
                    break;
            }
        }
    }

    // 64-bit values of every length: they travel as varints.
    private static object Element(Type type, ulong value, int index) =>
        type == typeof(byte) ? (byte)value : type == typeof(uint) ? (uint)value : type == typeof(long)
        ? (object)(long)(value >> (index % 64)) : (int)value;

    // Lists of values follow a head without being members of it.
    private static int Capacity(object body) =>
        body.GetType().GetFields().Where(field => field.FieldType.IsArray).Select(field => ((Array)field.GetValue(body)!).Length)
        .DefaultIfEmpty(255).Min();

    private static string Line(Type type, int variant)
    {
        var buffer = new byte[WireFormat.MaxBody];
        var writer = new BodyWriter(buffer);
        type.GetMethod("Write", [typeof(BodyWriter)])!.Invoke(Filled(type, variant), [writer]);
        Assert.False(writer.Failed);
        return $"{type.Name} {variant} {Convert.ToHexStringLower(buffer, 0, writer.Position)}";
    }

    private static IEnumerable<string> Streams()
    {
        for (var variant = 0; variant < Variants; variant++)
        {
            var buffer = new byte[WireFormat.MaxSealedBody];
            var writer = new BodyWriter(buffer);
            var time = (long)(Random("time", variant) >> (30 + variant));
            var spikes = new SpikeBatchWriter();
            spikes.Begin(writer, variant, (uint)Random("first", variant), (uint)Random("dropped", variant), time);
            for (var k = 0; k < 100 && spikes.Add((int)(Random($"neuron{k}", variant) & 0x7FFF), time += k * variant * 37); k++)
            {
            }

            yield return $"Spikes {variant} {Convert.ToHexStringLower(buffer, 0, writer.Position)}";
            writer.Reset(0, buffer.Length);
            var samples = new TraceBatchWriter();
            samples.Begin(writer, variant, (uint)Random("first", variant), (uint)Random("dropped", variant), time);
            for (var k = 0; k < 100 && samples.Add(k % 3, time += k * variant * 37,
                (int)Random($"value{k}", variant) >> (4 * variant)); k++)
            {
            }

            yield return $"Traces {variant} {Convert.ToHexStringLower(buffer, 0, writer.Position)}";
        }
    }

    // FNV-1a of the name, then one step of SplitMix64.
    private static ulong Random(string name, int variant)
    {
        var value = name.Aggregate(14695981039346656037 + (ulong)variant, (hash, letter) => unchecked((hash ^ letter) * 1099511628211));
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
