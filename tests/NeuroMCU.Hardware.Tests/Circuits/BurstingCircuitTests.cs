// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Hardware.Tests.Circuits
{
    public class BurstingCircuitTests
    {
        private readonly ITestOutputHelper _output;
        public BurstingCircuitTests(ITestOutputHelper output) { _output = output; }

        [Fact]
        public void Probe()
        {
            foreach (double knee in new[] { 0.79, 0.81, 0.83, 0.85 })
            foreach (double tq in new[] { 0.2e-3, 0.3e-3, 0.5e-3, 1e-3 })
            foreach (double m in new[] { 0.015, 0.02, 0.0225, 0.025, 0.0275, 0.03, 0.035 })
            {
                var line = new System.Text.StringBuilder();
                foreach ((double i, double r) in new[] { (46.7, 2400.0), (60, 3000), (90, 3000), (60, 4000), (38.7, 3000), (44.4, 2300), (39.4, 2300) })
                {
                    var c = new BurstingCircuit(PublishedParts.W23 with { Memory = m, MemoryTime = tq, Release = 0, Knee = knee }, r, 0.1e-6);
                    IReadOnlyList<double> s = CircuitRates.Spikes(c, i * 1e-6, 0.5, 0.3);
                    double[] isi = s.Skip(1).Zip(s, (a, b) => (a - b) * 1e3).ToArray();
                    line.Append($" {(isi.Length > 0 ? isi.Max() / isi.Min() : 0):0.0}({(isi.Length > 0 ? isi.Max() : 0):0.0})");
                }
                _output.WriteLine($"knee {knee} tq {tq * 1e3} m {m}: {line}");
            }
        }
    }
}
