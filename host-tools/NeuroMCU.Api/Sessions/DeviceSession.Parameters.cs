// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Synapses;

namespace NeuroMCU.Api.Sessions;

/// <content>Other values in the network that is loaded: where the device can take them, the run goes on.</content>
internal sealed partial class DeviceSession
{
    // With more of them, loading anew is faster.
    private const int MostChanges = 300;

    /// <summary>Puts other values or traces in the place of those of the network that is loaded.</summary>
    /// <param name="text">The network with the new values.</param>
    /// <param name="by">Who changes it, for the others.</param>
    /// <returns>What the compiler said, and whether the network went on at its time; otherwise it begins at time 0, and runs if it
    /// ran.</returns>
    public Task<(CompiledNetwork Compiled, bool Live)> RetuneAsync(NetworkText text, bool uncalibrated, string by,
        CancellationToken cancellation) => ControlAsync(
        async () =>
        {
            LoadedNetwork loaded = Require();
            Network network = NetworkCompilation.Read(text);
            RefuseOnNodes(loaded, network);
            if (loaded.Text is { } former && former.Watched.SequenceEqual(text.Watched) && former.Twin == text.Twin
                && await ChangedLiveAsync(loaded, network, text, uncalibrated, by, cancellation).ConfigureAwait(false) is { } changed)
            {
                return (changed, true);
            }

            bool running = IsRunning;
            CompiledNetwork compiled = await LoadInnerAsync(network, text, uncalibrated, keepWeights: true, cancellation)
                .ConfigureAwait(false);
            if (running)
            {
                await (await BeginAsync(new RunRequest(0, RealTime: true), step: false, cancellation).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }

            return (compiled, false);
        },
        cancellation);

    // Numbers that what was measured on nodes would take the place of: nobody would notice.
    private static void RefuseOnNodes(LoadedNetwork loaded, Network network)
    {
        if (loaded.Symbols.Measured.Count == 0 || loaded.Text is not { } text)
        {
            return;
        }

        Dictionary<string, Projection> former = NetworkCompilation.Read(text).Projections.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (Projection p in network.Projections
            .Where(p => p.OnNodes && loaded.Synapses.IsMeasured(loaded.Synapses.ProjectionIndex(p.Name))))
        {
            if (!former.TryGetValue(p.Name, out Projection? before) || NodeWeightSource.Differ(before, p))
            {
                throw OnNodes(p.Name, text);
            }
        }
    }

    private static ApiException OnNodes(string projection, NetworkText? text)
    {
        (string what, string why, string next) = NodeWeights.Refusal(projection, text?.File);
        return ApiException.Conflict(what, why, next);
    }

    // Null when the device cannot take the change: what it took until then comes with the network that is loaded anew.
    private async Task<CompiledNetwork?> ChangedLiveAsync(LoadedNetwork loaded, Network network, NetworkText text, bool uncalibrated,
        string by, CancellationToken cancellation)
    {
        if (_device.IsVirtual && !SameBoard(NetworkCompilation.BoardFor(Request, network), _device.Board))
        {
            return null;
        }

        network = NodeWeightSource.Carry(loaded.Compiled?.Network, network);
        CompiledNetwork compiled = Driven(network, text, NetworkCompilation.Compile(network, text.Twin, Request.Address, _device.Board),
            uncalibrated);
        if (NetworkDifference.Between(loaded.Tables, compiled.Tables) is not { } difference || difference.Changes.Count > MostChanges)
        {
            return null;
        }

        foreach (LiveChange change in difference.Changes)
        {
            if (!await _device.Client.ChangeAsync(change, cancellation).ConfigureAwait(false))
            {
                return null;
            }
        }

        foreach ((int projection, short[] weights) in difference.Weights)
        {
            await _device.Client.WriteWeightsAsync(loaded.Synapses.FirstOf(projection), weights, cancellation).ConfigureAwait(false);
            int first = loaded.Synapses.FirstOf(projection);
            long version = Versions.Write(Enumerable.Range(first, weights.Length), by);
            Hub.Send(new { Type = "weights", Projection = loaded.Synapses.ProjectionNames[projection], Version = version, By = by, All = true });
        }

        difference.ApplyTo(loaded.Tables);
        Dictionary<string, string> before = loaded.Text!.Settings.ToDictionary(s => s.Name, s => s.Value);
        _hand.Note(Time, string.Join(", ", text.Settings.Where(s => before.GetValueOrDefault(s.Name) != s.Value).Select(s => s.ToString())
            .Concat(before.Keys.Where(name => text.Settings.All(s => s.Name != name)).Select(name => name + " as in the file"))));
        Network = loaded.With(text, compiled);
        Hub.Send(new
        {
            Type = "parameters",
            By = by,
            TimeUs = Time,
            Settings = text.Settings.ToDictionary(s => s.Name, s => s.Value),
        });
        return compiled;
    }
}
