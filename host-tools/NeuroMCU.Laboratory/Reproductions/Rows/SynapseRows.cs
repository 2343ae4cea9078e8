// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The synapse block: one spike through one and two stages, and how a cascade builds up.</summary>
internal static class SynapseRows
{
    // R_W of figure 4 in Ω.
    private const double Resistor = 10e3;

    // 60, 67 and 70 nC are printed to the nanocoulomb.
    private const double Digits = 0.025;

    private const string Conserved =
        "the mirrors of the real stages amplify a little; the stages here conserve charge, and the weight of a projection is the charge "
        + "behind them";

    private const string Pulse = """
        duration: 40 ms
        step: 20 us
        populations:
          stim: {model: input, size: 1}
          one: {model: thyristor, size: 1, receptors: {ampa: {tau: 1.3 ms}}}
          two: {model: thyristor, size: 1, receptors: {nmda: {tau: 1.2 ms}}}
        projections:
          - {from: stim, to: one, connect: all-to-all, receptor: ampa, weight: 67 nC, delay: 0 ms}
          - {from: stim, to: two, connect: all-to-all, receptor: nmda, weight: 70 nC, delay: 0 ms}
        inputs:
          - {to: stim, spikes: [[0, 5 ms]]}
        record:
          traces:
            - {population: one, neurons: 0, every: 20 us, quantity: current}
            - {population: two, neurons: 0, every: 20 us, quantity: current}

        """;

    private const string Cascade = """
        duration: 6 s
        step: 1 ms
        populations:
          source: {model: thyristor, size: 1, preset: w25, bias: 75 uA}
          target: {model: thyristor, size: 1, preset: w25, receptors: {nmda: {tau: 470 ms}}}
        projections:
          - {from: source, to: target, connect: one-to-one, receptor: nmda, weight: 80 nC, delay: 0 ms}
        record:
          traces:
            - {population: target, neurons: 0, every: 1 ms, quantity: current}

        """;

    private static readonly Column[] s_software = [Column.Engine, Column.Reference, Column.Board];

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        ReproductionRow Alpha(string name, string quantity, double expected, double tolerance, string unit, Provenance provenance,
            Func<RunRecording, double> measure) => new ReproductionRow
            {
                Name = "synapse-" + name,
                System = "synapse block",
                Quantity = quantity,
                Expected = expected,
                Tolerance = tolerance,
                Unit = unit,
                Source = Sources.W25("fig. 4"),
                Provenance = provenance,
                Measure = (lab, c) => measure(lab.RunText(Pulse, c)),
            };

        yield return Alpha("one-peak", "peak after one stage, 67 nC, tau 1.3 ms", 50, 5, "uA", Provenance.ReadOffFigure,
            r => r.Traces[0].Values.Max());
        yield return Alpha("two-peak", "peak after two stages, 70 nC, tau 1.2 ms", 24, 2.4, "uA", Provenance.ReadOffFigure,
            r => r.Traces[1].Values.Max()) with
        {
            KnownFailing = s_software,
            KnownReason = "an alpha function of the printed 70 nC and 1.2 ms peaks at 21.5 uA; the figure's 24 uA would be 78 nC",
        };
        yield return Alpha("two-time", "time of the peak after two stages", 1.2, 0.12, "ms", Provenance.ReadOffFigure,
            r => PeakTime(r.Traces[1]));
        yield return Alpha("two-form", "peak after two stages over Q/(e tau)", 1, 0.01, string.Empty, Provenance.Computed,
            r => r.Traces[1].Values.Max() * Math.E * 1.2 / 70) with
        { Source = Sources.W25("eq. 12") };
        yield return Alpha("charge", "charge that two stages pass on, 70 nC", 70, 0.7, "nC", Provenance.Computed,
            r => Charge(r.Traces[1])) with
        { Source = Sources.W25("eq. 12") };
        yield return Alpha("one-decay", "time in which one stage falls to 1/e", 1.3, 0.13, "ms", Provenance.ReadOffFigure,
            r => DecayTime(r.Traces[0]));
        yield return Alpha("chain-one", "charge of one stage over that of its pulse, 67/60", 67 / 60.0, Digits, string.Empty,
            Provenance.Printed, r => Charge(r.Traces[0]) / 67) with
        {
            KnownFailing = s_software,
            KnownReason = Conserved,
        };
        yield return Alpha("chain-two", "charge of two stages over that of one, 70/67", 70 / 67.0, Digits, string.Empty, Provenance.Printed,
            r => Charge(r.Traces[1]) / 70 * 67 / Charge(r.Traces[0])) with
        {
            KnownFailing = s_software,
            KnownReason = Conserved,
        };
        ReproductionRow Pulse4(string name, string quantity, double expected, double tolerance, string unit, Func<double> value)
            => Alpha(name, quantity, expected, tolerance, unit, Provenance.Printed, _ => value()) with
            {
                Columns = [Column.Reference],
                Given = "a constant of the synapse law is made from this number; what the law then says is bump-weight and adaptation-weight",
            };
        yield return Pulse4("pulse-charge", "charge of the pulse for one spike, R_W 10 kOhm", 60, 9, "nC",
            () => 1e9 * SynapsePulse.PulseCharge(ThyristorPresets.Get("w25"), Resistor));
        yield return Pulse4("pulse-height", "height of the pulse, R_W 10 kOhm", 410, 20.5, "uA", () => 1e6 * SynapsePulse.Height(Resistor));
        foreach ((int times, double part) in ((int, double)[])[(1, 26), (2, 59), (3, 80), (5, 96)])
        {
            yield return new ReproductionRow
            {
                Name = "synapse-cascade-" + Sources.Text(times),
                System = "synapse block",
                Quantity = "current of two stages at constant rate after " + Sources.Text(times) + " tau",
                Expected = part,
                Tolerance = 2,
                Unit = "%",
                Source = Sources.Bench("1 - (1 + t/tau) exp(-t/tau)"),
                Provenance = Provenance.Computed,
                Measure = (lab, c) =>
                {
                    TraceRecord trace = lab.RunText(Cascade, c).Traces[0];
                    double at = times * 0.47;
                    return 100 * Trains.Mean(trace, at - 0.01, at + 0.01) / Trains.Mean(trace, 5, 6);
                },
            };
        }
    }

    // Current in µA sampled every 20 µs, to nC.
    private static double Charge(TraceRecord trace) => trace.Values.Sum() * 0.02;

    private static double DecayTime(TraceRecord trace)
    {
        double peak = trace.Values.Max();
        int begin = Array.IndexOf(trace.Values, peak);
        int end = Array.FindIndex(trace.Values, begin, v => v < peak / Math.E);
        return (trace.Times[end] - trace.Times[begin]) / 1e3;
    }

    private static double PeakTime(TraceRecord trace) => (trace.Times[Array.IndexOf(trace.Values, trace.Values.Max())] / 1e3) - 5;
}
