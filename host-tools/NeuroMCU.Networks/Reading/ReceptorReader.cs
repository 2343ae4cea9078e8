// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>
/// Reads the synapse block of a circuit population: a map from names to receptors. A name that is a kind (`ampa`, `nmda`, `gaba_a`,
/// `gaba_b`) needs only its time constant; other names say their kind, or stages and sign.
/// </summary>
internal static class ReceptorReader
{
    /// <summary>Most receptors of a population.</summary>
    public const int MostReceptors = 4;

    private const double LeastTau = 10;
    private const double MostTau = 1e8;

    // Wu et al., Phys. Rev. Applied 23, 034030 (2025): AMPA is one excitatory stage, NMDA two, GABA_A one inhibitory, GABA_B two.
    private static readonly Dictionary<string, (int Stages, int Sign)> s_kinds = new(System.StringComparer.Ordinal)
    {
        ["ampa"] = (1, 1),
        ["nmda"] = (2, 1),
        ["gaba_a"] = (1, -1),
        ["gaba_b"] = (2, -1),
    };

    /// <summary>Reads the receptors.</summary>
    /// <param name="field">The field, or null.</param>
    /// <returns>The receptors in file order; those without error.</returns>
    public static List<ReceptorSpec> Read(ReadContext context, Field? field)
    {
        List<ReceptorSpec> receptors = [];
        MapReader? map = field == null ? null : MapReader.Open(context, field, "receptors such as `{nmda: {tau: 470 ms}}`");
        if (map == null)
        {
            return receptors;
        }

        foreach ((string name, Field key, Field value) in map.Entries().ToArray())
        {
            Names.Check(context, key, name);
            ReceptorSpec? receptor = One(context, name, value);
            if (receptor != null)
            {
                receptors.Add(receptor);
            }
        }

        if (map.Entries().Count() > MostReceptors)
        {
            context.Error(
                field!,
                string.Create(CultureInfo.InvariantCulture, $"has {map.Entries().Count()} receptors, a population holds {MostReceptors}"),
                "use fewer, or split the population");
        }

        return receptors;
    }

    private static ReceptorSpec? One(ReadContext context, string name, Field field)
    {
        MapReader? map = MapReader.Open(context, field, "a receptor such as `{tau: 470 ms}`");
        if (map == null)
        {
            return null;
        }

        int errors = context.ErrorCount;
        Field? kindField = map.Take("kind");
        Field? stagesField = map.Take("stages");
        Field? signField = map.Take("sign");
        Field? tauField = map.Require("tau", "470 ms");
        map.Finish();
        (int stages, int sign) = Kind(context, name, field, kindField, stagesField, signField);
        double? tau = tauField == null ? null : Scalars.Value(context, tauField, Dimension.Time);
        if (tau is < LeastTau or > MostTau)
        {
            context.Error(tauField!, "is " + tauField!.Describe() + ", out of range", "write a time constant from 10 us to 100 s");
        }

        return tau == null || context.ErrorCount != errors ? null : new ReceptorSpec(name, stages, sign, tau.Value);
    }

    private static (int Stages, int Sign) Kind(ReadContext context, string name, Field field, Field? kindField, Field? stagesField,
        Field? signField)
    {
        if (stagesField != null || signField != null)
        {
            if (kindField != null)
            {
                context.Error(kindField, "says again what `stages` and `sign` say", "write `kind`, or `stages` and `sign`");
            }

            long stages = (stagesField == null ? null : Scalars.Integer(context, stagesField, 1, 2)) ?? 1;
            string? sign = signField == null ? null : Scalars.Choice(context, signField, "excitatory", "inhibitory");
            return ((int)stages, string.Equals(sign, "inhibitory", System.StringComparison.Ordinal) ? -1 : 1);
        }

        string? kind = kindField == null ? name : Scalars.Choice(context, kindField, [.. s_kinds.Keys]);
        if (kind == null)
        {
            return (1, 1);
        }

        if (!s_kinds.TryGetValue(kind, out (int Stages, int Sign) found))
        {
            context.Error(
                field,
                "`" + name + "` is no kind of receptor",
                Suggestion.Hint(name, s_kinds.Keys) ?? "add `kind:` with one of " + string.Join(", ", s_kinds.Keys)
                + ", or `stages` and `sign`",
                DiagnosticKind.Name);
            return (1, 1);
        }

        return found;
    }
}
