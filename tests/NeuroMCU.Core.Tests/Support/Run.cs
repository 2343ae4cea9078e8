// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;

namespace NeuroMCU.Core.Tests.Support;

/// <summary>Runs engines and reads their records.</summary>
internal static class Run
{
    internal static void To(NetworkEngine engine, long until)
    {
        while (engine.Advance(until, int.MaxValue) == int.MaxValue)
        {
        }
    }

    internal static List<(long Time, int Neuron)> Spikes(NetworkEngine engine)
    {
        List<(long, int)> spikes = [];
        for (int i = 0; i < engine.Spikes.Count; i++)
        {
            spikes.Add((engine.Spikes.TimeAt(i), engine.Spikes.NeuronAt(i)));
        }

        return spikes;
    }

    internal static List<(long Time, int Neuron)> Spikes(NetworkEngine engine, long until)
    {
        To(engine, until);
        return Spikes(engine);
    }
}
