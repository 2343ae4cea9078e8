// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Internet.Hub;

namespace NeuroMCU.Cli.Verbs.Hub;

/// <summary>What a hub shows while it works: rates since it was last asked, and weights as they are.</summary>
internal sealed class HubWatch
{
    private readonly HubPlan _plan;
    private readonly HubServer _server;
    private readonly long _begin;
    private readonly long[] _fired;
    private long _asked;

    public HubWatch(HubPlan plan, HubServer server)
    {
        (_plan, _server, _begin, _asked) = (plan, server, server.Now, server.Now);
        _fired = [.. plan.Neurons.Select((_, k) => server.Fired(k))];
    }

    /// <summary>The line of now.</summary>
    /// <returns>Such as <c>12 s: anpre 25 Hz, bn 10 Hz; weights: ABsyn 255</c>.</returns>
    public string Line()
    {
        long now = _server.Now;
        double seconds = Math.Max(1e-3, (now - _asked) / 1e6);
        _asked = now;
        IEnumerable<string> rates = _plan.Neurons.Select((neuron, k) =>
        {
            long fired = _server.Fired(k);
            double rate = (fired - _fired[k]) / seconds;
            _fired[k] = fired;
            return string.Create(CultureInfo.InvariantCulture, $"{neuron.Name} {rate:0} Hz");
        });
        IEnumerable<string> weights = _server.Core.Synapses.Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{s.Plan.Name} {s.Node.Weight}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{(now - _begin) / 1e6:0} s: {string.Join(", ", rates)}; weights: {string.Join(", ", weights)}");
    }
}
