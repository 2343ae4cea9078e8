// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Experiment;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Nodes;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Laboratory.Reproductions;

namespace NeuroMCU.Internet.Rows;

/// <summary>The experiment between Zurich, Southampton and Padova: packets, rule, weight, and what the neurons do in the four
/// phases.</summary>
internal static class InternetRows
{
    private const long Second = 1_000_000;
    private const long PhaseLength = 15 * Second;
    private static readonly double[] s_rates = [10, 25, 10, 2];

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        ReproductionRow Row(string name, string quantity, double expected, Func<CircuitLaboratory, double> measure) => new()
        {
            Name = "internet-" + name,
            System = "internet of neuro-electronics",
            Quantity = quantity,
            Expected = expected,
            Tolerance = 0,
            Source = Sources.S20("program of the hub"),
            Provenance = Provenance.Computed,
            Columns = [Column.Reference],
            Measure = (lab, _) => measure(lab),
        };

        yield return Row("packet-partner", "bytes that are right, of 41 00 00 3F 02 00 07 D0: neuron 63 of partner 1 fires after 100 ms", 8,
            _ => Equal([0x41, 0, 0, 0x3F, 2, 0, 7, 0xD0], Sent()));
        yield return Row("packet-hub", "bytes that are right, of 53 00 01 00 99 00 03 20: neuron 256 through 7000 Ohm, at 40 ms", 8,
            _ => Equal([0x53, 0, 1, 0, 0x99, 0, 3, 0x20], Answered()));
        yield return Row("weight-7000", "weight of 7000 Ohm between 4 and 9 kOhm", 153, _ => WeightByte.Of(7000, 4000, 9000));
        yield return Row("rule-before", "direction of the weight at 10 Hz, after the first second", 0, lab => Direction(lab, 0));
        yield return Row("rule-up", "direction of the weight at 25 Hz, after the first second", 1, lab => Direction(lab, 1));
        yield return Row("rule-after", "direction of the weight at 10 Hz again, after the first second", 0, lab => Direction(lab, 2));
        yield return Row("rule-down", "direction of the weight at 2 Hz, after the first second", -1, lab => Direction(lab, 3));

        ReproductionRow Fires(string name, string quantity, double expected, int phase, string neuron)
            => Row(name, quantity, expected, lab => Firing(lab, phase, neuron)) with
            {
                Source = Sources.S20("fig. 2"),
                Provenance = Provenance.ReadOffFigure,
                Columns = [Column.Engine],
                Remark = "the neuron is adaptive exponential with noise in place of a living one, and the memristor's steps are stand-ins",
            };

        yield return Fires("silent-before", "does the neuron in the middle fire at 10 Hz before potentiation (1: yes)", 0, 0, "bn");
        yield return Fires("fires-after", "does it fire at 10 Hz after potentiation (1: yes)", 1, 2, "bn");
        yield return Fires("chain-goes-on", "does the third neuron fire then (1: yes)", 1, 2, "anpost");
        yield return Fires("silent-depression", "does the neuron in the middle fire in depression (1: yes)", 0, 3, "bn");
    }

    private static double Equal(byte[] expected, byte[] obtained) => obtained.Length != expected.Length ? 0 : expected.Zip(obtained)
        .Count(p => p.First == p.Second);

    private static byte[] Sent() => new HistoricalPacket(HistoricalPacket.FirstPartner, 63, (byte)SpikeKind.Spontaneous,
        100_000 / HistoricalPacket.TickMicroseconds).ToBytes();

    // What the hub answers when neuron 63 has fired at 800 ticks.
    private static byte[] Answered()
    {
        HistoricalClock clock = new(_ => []);
        _ = HistoricalPacket.TryRead([0x41, 0, 0, 63, 2, 0, 3, 0x20], out HistoricalPacket packet);
        return new HistoricalPacket(HistoricalPacket.Synapse, 256, new TioxMemristor { State = 7000 }.Weight,
            HistoricalClock.Stamp(clock.Absolute(packet))).ToBytes();
    }

    private static double Direction(CircuitLaboratory laboratory, int phase)
    {
        List<double> weights = laboratory.Once("internet rule", Replay)[phase];
        double[] steps = [.. weights.Skip(1).Select((w, k) => w - weights[k])];

        // A weight that goes both ways has no direction.
        return steps.Any(s => s > 0) && steps.Any(s => s < 0) ? double.NaN : Math.Sign(weights[^1] - weights[0]);
    }

    // One minute of regular trains, each spike followed by its potential; resistances after the first second of each phase.
    private static List<double>[] Replay()
    {
        HubCore core = new(HubFile.Parse(ShippedFiles.Text("hub.yaml"), "hub.yaml"));
        List<double>[] phases = [.. s_rates.Select(_ => new List<double>())];
        List<Delivery> deliveries = [];
        for (int phase = 0; phase < s_rates.Length; phase++)
        {
            long interval = (long)(Second / s_rates[phase]);
            for (long time = interval; time <= PhaseLength; time += interval)
            {
                long now = (phase * PhaseLength) + time;
                core.Accept(new WireSpike(63, SpikeKind.Spontaneous, now), deliveries);
                core.Accept(new WireSpike(256, SpikeKind.Potential, now + 2000), deliveries);
                if (time > Second)
                {
                    phases[phase].Add(core.Nodes["mr1"].State);
                }
            }
        }

        return phases;
    }

    private static double Firing(CircuitLaboratory laboratory, int phase, string neuron) =>
        laboratory.Once("internet phases", EngineExperiment.Run)[phase].Rate(neuron) > 0.25 ? 1 : 0;
}
