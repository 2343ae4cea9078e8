// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Distributions;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Compiler;

/// <summary>Spike rates of a network, measured in a short pilot run of the reference simulator.</summary>
internal sealed class Activity
{
    private const long MostTime = 1000000;
    private const long MostEvents = 300000;

    // With other schemes a network may be far busier: a loop of delay 0 that steps hold back runs for ever when event-driven.
    private const long MostEventsAgain = 2 * MostEvents;
    private const double HearingRate = 50;

    private Activity(Network network, ReferenceSimulator pilot, SpikeRecord spikes, bool complete)
    {
        Spikes = spikes;
        double seconds = Math.Max(1, pilot.Reached) / 1e6;
        Rates = network.Populations.Select(p => pilot.Fired[p.Index] / seconds / p.Size).ToArray();
        InputRates = pilot.SynapticEvents.Select(a => a / seconds).ToArray();
        ArrivalRates = pilot.Arrivals.Select(a => a / seconds).ToArray();
        RowsPeak = pilot.RowsPeak;
        Step = network.Step;
        Reached = pilot.Reached;
        Complete = complete;
        Spans = pilot.Spans;
        FarthestMembranes = pilot.FarthestMembranes;
        LargestCurrents = pilot.LargestCurrents;
        Clipped = pilot.Clipped;
    }

    private Activity(Activity whole, IReadOnlyList<(int Whole, double Share)> populations, IReadOnlyList<int> neurons, int rowsPeak)
    {
        Spikes = new SpikeRecord([], []);
        Rates = [.. populations.Select(p => whole.Rates[p.Whole])];
        InputRates = [.. populations.Select(p => whole.InputRates[p.Whole] * p.Share)];
        ArrivalRates = [.. populations.Select(p => whole.ArrivalRates[p.Whole] * p.Share)];
        RowsPeak = rowsPeak;
        Step = whole.Step;
        Reached = whole.Reached;
        Complete = whole.Complete;
        Spans = [.. neurons.Select(n => whole.Spans[n])];
        FarthestMembranes = [.. populations.Select(p => whole.FarthestMembranes[p.Whole])];
        LargestCurrents = [.. populations.Select(p => whole.LargestCurrents[p.Whole])];
        Clipped = [.. populations.Select(p => whole.Clipped[p.Whole])];
    }

    /// <summary>Spikes of the recorded populations, and of all where some have a text for a model that others send to; none for a part of
    /// a network.</summary>
    public SpikeRecord Spikes { get; }

    /// <summary>Spikes per second and neuron, by population.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>Synaptic events per second, by population.</summary>
    public IReadOnlyList<double> InputRates { get; }

    /// <summary>Arrivals per second, by population: synapses that one spike reaches at the same time count once.</summary>
    public IReadOnlyList<double> ArrivalRates { get; }

    /// <summary>Largest number of rows (one per spike and projection) that were on their way at the same time.</summary>
    public int RowsPeak { get; }

    /// <summary>Step of the network in µs that the pilot ran with.</summary>
    public int Step { get; }

    /// <summary>Time in µs that the pilot covered.</summary>
    public long Reached { get; }

    /// <summary>Whether it ran to its end: one that was stopped has no rates to compare with.</summary>
    public bool Complete { get; }

    /// <summary>First and last spike of each neuron, by global index.</summary>
    public IReadOnlyList<SpikeSpan> Spans { get; }

    /// <summary>Largest distance of a membrane from its equilibrium, by population, in the membrane unit of the file.</summary>
    public IReadOnlyList<double> FarthestMembranes { get; }

    /// <summary>Largest magnitude of a synaptic current, by population, in the membrane unit of the file.</summary>
    public IReadOnlyList<double> LargestCurrents { get; }

    /// <summary>How often states of texts were cut off at an end of their declared range, by population.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, long>> Clipped { get; }

    /// <summary>Runs the pilot: up to one second of the network's time, less when it is busy.</summary>
    /// <returns>What it did.</returns>
    public static Activity Measure(Network network)
    {
        ReferenceSimulator pilot = new(network) { RecordsAll = network.Projections.Any(p => p.Target.ModelName != null) };
        RunRecording run = pilot.Run(Math.Min(network.Duration, MostTime), Listening(network), MostEvents);
        return new Activity(network, pilot, run.Spikes, complete: true);
    }

    /// <summary>Runs the pilot again over the same time, with other update schemes; it ends early where these make the network far
    /// busier.</summary>
    /// <returns>What it did.</returns>
    public Activity Again(Network network, IReadOnlyList<UpdateScheme> schemes)
    {
        ReferenceSimulator pilot = new(network, schemes);
        RunRecording run = pilot.Run(Reached, Listening(network), MostEventsAgain);
        return new Activity(network, pilot, run.Spikes, pilot.Reached == Reached);
    }

    /// <summary>What a part of the network did.</summary>
    /// <param name="populations">Of each population of the part its position in the whole, and which share of what arrives there it
    /// gets.</param>
    /// <param name="neurons">Index in the whole of each neuron of the part.</param>
    /// <param name="rowsPeak">Rows that are on their way in the part at the same time.</param>
    /// <returns>What it did.</returns>
    public Activity Of(IReadOnlyList<(int Whole, double Share)> populations, IReadOnlyList<int> neurons, int rowsPeak)
        => new(this, populations, neurons, rowsPeak);

    /// <summary>How far the rate of a population is from that in another run, whichever shows more: the number of spikes, or the mean
    /// interval.</summary>
    /// <returns>Fraction of the other run's rate, negative when this one is slower; null when no neuron fired twice in the other, or
    /// one of both runs was stopped, so that there is nothing to compare.</returns>
    public double? RateDifference(Population population, Activity other)
    {
        (long count, double rate) = RateOf(population);
        (long otherCount, double otherRate) = other.RateOf(population);
        if (otherRate <= 0 || !Complete || !other.Complete)
        {
            return null;
        }

        double byCount = (count - otherCount) / (double)otherCount;
        double byInterval = (rate - otherRate) / otherRate;
        return Math.Abs(byCount) > Math.Abs(byInterval) ? byCount : byInterval;
    }

    // Intervals per time between the first and the last spike: finer than the count, of which the end of the run cuts off a part.
    private (long Count, double Rate) RateOf(Population population)
    {
        SpikeSpan[] spans = Spans.Skip(population.FirstNeuron).Take(population.Size).ToArray();
        double intervals = spans.Sum(s => Math.Max(0, s.Count - 1));
        double time = spans.Sum(s => s.Last - s.First);
        return (spans.Sum(s => (long)s.Count), time > 0 ? intervals / time : 0);
    }

    // What microphones will hear is not known at compile time: each band is taken to fire at random at the front end's
    // usual limit, 5 spikes in a block of 100 ms.
    private static IEnumerable<StoredSpike> Listening(Network network)
    {
        if (network.Hearing == null)
        {
            yield break;
        }

        Random random = RandomStreams.Create(network.Seed, "hearing pilot");
        Population left = network.Hearing.Left;
        Population right = network.Hearing.Right;
        for (int band = 0; band < left.Size; band++)
        {
            for (double t = Exponential.Sample(random, HearingRate); t < MostTime / 1e6; t += Exponential.Sample(random, HearingRate))
            {
                int time = (int)(t * 1e6);
                yield return new StoredSpike(left.FirstNeuron + band, time);
                yield return new StoredSpike(right.FirstNeuron + band, time);
            }
        }
    }
}
