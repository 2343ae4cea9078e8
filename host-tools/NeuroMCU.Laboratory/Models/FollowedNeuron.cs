// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// One neuron of a text out of its network, in a network of its own: its values, waveforms and steps of drive, and an input neuron for each
/// neuron that sends to it, which fires when that one did in the compiler's pilot run. Weights stay as they are at the start.
/// </summary>
internal sealed class FollowedNeuron
{
    private readonly Network _whole;
    private readonly Population _population;
    private readonly int _neuron;
    private readonly Dictionary<int, int> _sources = [];

    private FollowedNeuron(Network whole, Population population, int neuron)
    {
        _whole = whole;
        _population = population;
        _neuron = neuron;
    }

    /// <summary>Takes the neuron of a population that fires most, or its first.</summary>
    /// <param name="compiled">The whole network.</param>
    /// <param name="population">The population, whose model is a text.</param>
    /// <param name="until">Time in µs for which spikes are taken along.</param>
    /// <returns>The network, which records all states at each step; the neuron is the first population.</returns>
    public static CompiledNetwork Of(CompiledNetwork compiled, Population population, long until)
    {
        SpikeRecord spikes = compiled.Report.PilotSpikes;
        int[] fired = new int[population.Size];
        foreach (int neuron in spikes.Neurons)
        {
            if (neuron >= population.FirstNeuron && neuron < population.FirstNeuron + population.Size)
            {
                fired[neuron - population.FirstNeuron]++;
            }
        }

        return new FollowedNeuron(compiled.Network, population, Array.IndexOf(fired, fired.Max())).Compile(spikes, until);
    }

    private CompiledNetwork Compile(SpikeRecord spikes, long until)
    {
        Population one = One();
        (Projection Whole, Connection[] Connections)[] onto =
        [
            .. _whole.Projections.Where(p => ReferenceEquals(p.Target, _population))
                .Select(p => (p, p.Connections.Where(c => c.Post == _neuron).ToArray())).Where(p => p.Item2.Length > 0),
        ];
        foreach ((Projection whole, Connection[] connections) in onto)
        {
            foreach (Connection c in connections)
            {
                _sources.TryAdd(whole.Source.FirstNeuron + c.Pre, _sources.Count);
            }
        }

        Population sources = new()
        {
            Name = _population.Name + " sources",
            Index = 1,
            FirstNeuron = 1,
            Size = Math.Max(1, _sources.Count),
            MembraneUnit = "1",
            Update = UpdateScheme.Event,
            Location = _population.Location,
        };
        StoredSpike[] sent =
        [
            .. spikes.Times.Zip(spikes.Neurons).Where(s => s.First <= until && _sources.ContainsKey(s.Second))
                .Select(s => new StoredSpike(1 + _sources[s.Second], (int)s.First)),
        ];
        CompiledNetwork compiled = NetworkCompiler.Compile(_whole with
        {
            Populations = onto.Length == 0 ? [one] : [one, sources],
            Projections =
            [
                .. onto.Select((p, i) => p.Whole with
                {
                    Index = i,
                    Source = sources,
                    Target = one,
                    Learning = null,
                    OnNodes = false,
                    Connections = [.. p.Connections.Select(c => c with { Pre = _sources[p.Whole.Source.FirstNeuron + c.Pre], Post = 0 })],
                }),
            ],
            StoredSpikes = sent,
            SpikeInputs = [],
            PoissonInputs = [],
            Drives = [],
            Sound = null,
            Hearing = null,
            Readouts = [],
            Outputs = [],
            Sites = null,
            Board = null,
            QueueCapacity = null,
            SpikeCapacity = null,
            Traces =
            [
                .. one.Equations!.Model.States.Select((_, i) => new TraceRequest(one, 0, _whole.Step, one.Location) { Variable = i }),
            ],
        }, new CompilerOptions { Unlimited = true });
        if (sent.Length > 0)
        {
            one.Equations.Arrivals = Arrivals(compiled, sent);
        }

        return compiled;
    }

    // Steps of drive become waveforms: both sides take these in the same step.
    private Population One()
    {
        ModelNeurons neurons = _population.Equations!.Part([_neuron]);
        double unit = DisplayUnit.BaseOf(_population.DriveDimension);
        neurons.Waves =
        [
            .. neurons.Waves,
            .. _whole.Drives.Where(d => ReferenceEquals(d.Population, _population) && d.First <= _neuron && _neuron < d.First + d.Count)
                .Select(d => new Waveform
                {
                    Input = 0,
                    Shape = WaveShape.Step,
                    Amplitude = [d.Amplitude * unit],
                    Start = d.Start,
                    Stop = d.Stop == int.MaxValue ? long.MaxValue : d.Stop,
                    Location = d.Location,
                }),
        ];
        return new Population
        {
            Name = _population.Name,
            Index = 0,
            FirstNeuron = 0,
            Size = 1,
            MembraneUnit = _population.MembraneUnit,
            Update = _population.Update,
            Equations = neurons,
            Recorded = true,
            Location = _population.Location,
        };
    }

    // A spike that arrives at the microsecond of a step counts at that step. Weights are those of the device.
    private static Dictionary<long, double[]> Arrivals(CompiledNetwork compiled, StoredSpike[] sent)
    {
        int step = compiled.Network.Step;
        IReadOnlyList<ModelState> states = compiled.Network.Populations[0].Equations!.Model.States;
        double[] units = [.. states.Select(s => DisplayUnit.BaseOf(s.Dimension.Kind ?? Dimension.None))];
        Dictionary<long, double[]> arrivals = [];
        foreach (Projection projection in compiled.WithRoundedWeights().Projections)
        {
            ILookup<int, Connection> rows = projection.Connections.ToLookup(c => c.Pre);
            foreach (StoredSpike spike in sent)
            {
                foreach (Connection c in rows[spike.Neuron - 1])
                {
                    long number = Math.Max(0, (spike.Time + c.Delay + step - 1) / step - 1);
                    if (!arrivals.TryGetValue(number, out double[]? sums))
                    {
                        arrivals.Add(number, sums = new double[states.Count]);
                    }

                    sums[projection.ReceptorIndex] += c.Weight * units[projection.ReceptorIndex];
                }
            }
        }

        return arrivals;
    }
}
