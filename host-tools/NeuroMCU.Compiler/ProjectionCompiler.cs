// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>Turns one projection into its table: compressed rows and 16-bit weights with a scale of the projection's own.</summary>
internal static class ProjectionCompiler
{
    /// <summary>Most different weights of a projection for which a scale is searched that hits them all, with room above.</summary>
    public const int FewWeights = 16;

    /// <summary>Room above the largest weight that live changes get at least when the file names no limit and the weights are
    /// few.</summary>
    public const double Headroom = 2;

    private const int SearchFactor = 2;

    /// <summary>Compiles a projection.</summary>
    /// <param name="step">Step of the network in µs.</param>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>The table.</returns>
    public static ProjectionTable Compile(Projection projection, int step, DeviceUnits units, QuantisationLog log,
        ICollection<Diagnostic> errors)
    {
        CheckCapacitances(projection, errors);
        WeightFormat format = WeightFormat.Of(projection, step, units);
        double unit = format.Value * Formats.MembraneOne;
        double[] wanted = projection.Connections.Select(c => c.Weight / unit).ToArray();
        double[] all = projection.Whole is { } whole ? [.. whole.Connections.Select(c => c.Weight / unit)] : wanted;
        double largest = all.Length == 0 ? 0 : all.Max(Math.Abs);
        double mostUnits = (double)Formats.MaxWeight * ImageLayout.MaxWeightScale / Formats.MembraneOne;
        double[] distinct = all.Distinct().ToArray();
        double room = distinct.Length <= FewWeights ? Headroom : 1;
        double limit = projection.WeightLimit > 0 ? projection.WeightLimit / unit : Math.Min(largest * room, mostUnits);
        if (Math.Max(largest, limit) > mostUnits)
        {
            Refuse(projection, Math.Max(largest, limit), unit, mostUnits, format, errors);
            limit = 1;
            wanted = new double[wanted.Length];
        }

        int scale = Scale(limit > 0 ? limit : 1, distinct);
        int receptor = units.Programs.Count > projection.Target.Index && units.Programs[projection.Target.Index] is { } program
            ? program.Inlets.ToList().IndexOf(projection.ReceptorIndex)
            : ReceptorOf(projection);
        ProjectionTable table = Rows(projection, wanted, scale, receptor);
        double quantum = scale / (double)Formats.MembraneOne;
        for (int i = 0; i < wanted.Length; i++)
        {
            double got = Quantise(wanted[i], scale) * quantum * unit;
            log.Note(projection.Name, "weight", projection.Connections[i].Weight, got, format.Unit);
        }

        return table;
    }

    private static void Refuse(Projection projection, double largest, double unit, double mostUnits, WeightFormat format,
        ICollection<Diagnostic> errors)
    {
        string symbol = string.Equals(format.Unit, "1", StringComparison.Ordinal) ? string.Empty : " " + format.Unit;
        string hint = projection.ReceptorIndex >= 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"at this `step` a receptor takes {mostUnits * unit:G6}{symbol} from one spike; write a longer `step` or a smaller charge")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"a weight may be {mostUnits * unit / projection.Target.Distance:F0} times the distance from rest to "
                + $"threshold, here {mostUnits * unit:G6}{symbol}; once the distance is enough to fire");
        if (projection.Target.IsCircuit && projection.ReceptorIndex < 0)
        {
            hint = string.Create(CultureInfo.InvariantCulture,
                $"the device holds {mostUnits * unit:G6}{symbol}, which lifts the membrane by {mostUnits:F0} V");
        }

        if (projection.Target.Equations is { } equations)
        {
            hint = string.Create(
                CultureInfo.InvariantCulture,
                $"the range of `{equations.Model.States[projection.ReceptorIndex].Name}` allows {mostUnits * unit:G6}{symbol}; write a "
                + $"smaller weight, or a wider range in the model");
        }

        errors.Add(Diagnostic.At(
            projection.WeightLocation,
            string.Create(CultureInfo.InvariantCulture,
                $"the largest weight of `{projection.Name}` is {largest * unit:G6}{symbol}, out of range"),
            hint,
            DiagnosticKind.Weight));
    }

    // A charge lifts the membrane by Q/C; the device keeps the voltage, so that C must be one for the population.
    private static void CheckCapacitances(Projection projection, ICollection<Diagnostic> errors)
    {
        if (projection.Target.IsCircuit && projection.ReceptorIndex < 0 && !projection.Target.Parameters["capacitance"].IsUniform)
        {
            errors.Add(Diagnostic.At(
                projection.Location,
                "puts charge on neurons of different capacitance in `" + projection.Target.Name
                + "`, which the device cannot scale one by one",
                "give `" + projection.Target.Name + "` one `capacitance`, or feed a receptor"));
        }
    }

    private static int ReceptorOf(Projection projection)
    {
        if (projection.Target.IsCircuit)
        {
            return projection.ReceptorIndex >= 0 ? projection.ReceptorIndex : Formats.DeltaReceptor;
        }

        return projection.Receptor == Receptor.Inhibitory && projection.Target.HasExponentialSynapses ? 1 : 0;
    }

    // Every scale from the least that reaches the limit will do. Few weights leave a choice: the scale that all of them are nearly
    // multiples of. Many weights round to half a step on average whatever the scale, and the least is best.
    private static int Scale(double limit, double[] distinct)
    {
        int least = Math.Clamp((int)Math.Ceiling(limit * Formats.MembraneOne / Formats.MaxWeight), 1, ImageLayout.MaxWeightScale);
        if (distinct.Length > FewWeights)
        {
            return least;
        }

        int most = Math.Min(least * SearchFactor, ImageLayout.MaxWeightScale);
        int best = least;
        double bestError = double.PositiveInfinity;
        for (int scale = least; scale <= most; scale++)
        {
            double error = distinct.Length == 0 ? 0
                : distinct.Max(w => Math.Abs((Quantise(w, scale) * (double)scale) - (w * Formats.MembraneOne)));
            if (error < bestError)
            {
                bestError = error;
                best = scale;
            }
        }

        return best;
    }

    private static int Quantise(double weight, int scale)
    {
        double raw = Math.Round(weight * Formats.MembraneOne / scale, MidpointRounding.AwayFromZero);
        return (int)Math.Clamp(raw, -Formats.MaxWeight, Formats.MaxWeight);
    }

    private static ProjectionTable Rows(Projection projection, double[] wanted, int scale, int receptor)
    {
        int count = projection.Connections.Count;
        int[] order = Enumerable.Range(0, count)
            .OrderBy(i => projection.Connections[i].Pre)
            .ThenBy(i => projection.Connections[i].Delay)
            .ThenBy(i => projection.Connections[i].Post)
            .ToArray();
        int[] rowStart = new int[projection.Source.Size + 1];
        int[] synapses = new int[count];
        short[] weights = new short[count];
        for (int k = 0; k < count; k++)
        {
            Connection c = projection.Connections[order[k]];
            rowStart[c.Pre + 1]++;
            synapses[k] = (c.Delay << Formats.TargetBits) | c.Post;
            weights[k] = (short)Quantise(wanted[order[k]], scale);
        }

        for (int i = 1; i < rowStart.Length; i++)
        {
            rowStart[i] += rowStart[i - 1];
        }

        return new ProjectionTable
        {
            Source = projection.Source.Index,
            Target = projection.Target.Index,
            Receptor = receptor,
            WeightScale = scale,
            RowStart = rowStart,
            Synapses = synapses,
            Weights = weights,
        };
    }
}
