// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Api.Sessions;

/// <content>Weights, also while the network runs.</content>
internal sealed partial class DeviceSession
{
    /// <summary>Reads all weights of a projection as the device holds them.</summary>
    public async Task<short[]> ReadWeightsAsync(int projection, CancellationToken cancellation)
    {
        LoadedNetwork network = Require();
        int first = network.Synapses.FirstOf(projection);
        return await Task.Run(() => _device.Client.ReadWeightsAsync(first, network.Synapses.FirstOf(projection + 1) - first, cancellation),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes weights; they act from the next spike on.</summary>
    /// <param name="changes">Synapses and their weights in units of the projection.</param>
    /// <param name="seen">Version that the writer has seen; null when the last one to write is to win.</param>
    /// <param name="by">Who writes, for the others.</param>
    /// <returns>The new version.</returns>
    public async Task<long> WriteWeightsAsync(int projection, IReadOnlyList<(int Synapse, double Weight)> changes, long? seen, string by,
        CancellationToken cancellation)
    {
        LoadedNetwork network = Require();
        string name = network.Synapses.ProjectionNames[projection];
        string unit = network.Synapses.UnitOf(projection);
        if (network.Synapses.IsMeasured(projection))
        {
            throw OnNodes(name, network.Text);
        }

        List<(int Synapse, short Raw)> raw = [];
        foreach ((int synapse, double weight) in changes)
        {
            if (!double.IsFinite(weight) || !network.Synapses.TryToDevice(synapse, weight, out int held))
            {
                string suffix = unit == "1" ? string.Empty : " " + unit;
                double limit = network.Synapses.LimitOf(projection);
                throw new ApiException(422, "weight_out_of_range",
                    FormattableString.Invariant($"{weight}{suffix} is out of the range of '{name}'"),
                    FormattableString.Invariant($"its weights reach from -{limit:G6}{suffix} to {limit:G6}{suffix}"),
                    FormattableString.Invariant($"for larger ones write 'weight_limit: {Math.Abs(weight)}{suffix}' into the projection"));
            }

            raw.Add((synapse, (short)held));
        }

        return await ControlAsync(
            async () =>
            {
                if (network != Network)
                {
                    throw new ApiException(412, "changed_meanwhile", "another network was loaded meanwhile", null,
                        "read the weights again");
                }

                if (seen is { } version)
                {
                    Versions.Check(raw.Select(r => r.Synapse), version);
                }

                raw.Sort((a, b) => a.Synapse.CompareTo(b.Synapse));
                for (int begin = 0; begin < raw.Count;)
                {
                    int end = begin + 1;
                    while (end < raw.Count && raw[end].Synapse == raw[end - 1].Synapse + 1)
                    {
                        end++;
                    }

                    await _device.Client.WriteWeightsAsync(raw[begin].Synapse, raw[begin..end].Select(r => r.Raw).ToArray(), cancellation)
                        .ConfigureAwait(false);
                    begin = end;
                }

                _hand.Note(Time, "weights of " + name);
                long made = Versions.Write(raw.Select(r => r.Synapse), by);
                Hub.Send(new
                {
                    Type = "weights",
                    Projection = name,
                    Version = made,
                    By = by,
                    Changes = raw.Select(r => network.Synapses.Locate(r.Synapse) is var site
                        ? new
                        {
                            Synapse = r.Synapse - network.Synapses.FirstOf(projection),
                            site.Pre,
                            site.Post,
                            Weight = network.Synapses.ToPhysical(r.Synapse, r.Raw)
                        } : null),
                });
                return made;
            },
            cancellation).ConfigureAwait(false);
    }

    // Weights that differ from those of the file, of projections that are the same in the network to come.
    private async Task<IReadOnlyList<(int First, short[] Weights)>> ChangedWeightsAsync(CompiledNetwork next,
        CancellationToken cancellation)
    {
        List<(int, short[])> changed = [];
        if (Network is not { Compiled: not null } network || Broken is not null)
        {
            return changed;
        }

        SynapseMap map = new(next.Tables, next.Symbols);
        for (int p = 0; p < next.Tables.Projections.Length; p++)
        {
            ProjectionTable to = next.Tables.Projections[p];
            int former = network.Synapses.ProjectionIndex(next.Symbols.Projections[p]);
            if (former < 0 || network.Tables.Projections[former] is not { } from || from.WeightScale != to.WeightScale
                || !from.Synapses.AsSpan().SequenceEqual(to.Synapses) || !from.RowStart.AsSpan().SequenceEqual(to.RowStart)
                || !from.Weights.AsSpan().SequenceEqual(to.Weights))
            {
                continue;
            }

            int first = network.Synapses.FirstOf(former);
            short[] now = await _device.Client.ReadWeightsAsync(first, from.Weights.Length, cancellation).ConfigureAwait(false);
            if (!now.AsSpan().SequenceEqual(from.Weights))
            {
                changed.Add((map.FirstOf(p), now));
            }
        }

        return changed;
    }
}
