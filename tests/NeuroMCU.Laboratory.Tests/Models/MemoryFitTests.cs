// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Tables;
using NeuroMCU.Laboratory.Models;

namespace NeuroMCU.Laboratory.Tests.Models;

/// <summary>A law is found again in what its closed form gives, with noise; another law is not.</summary>
public sealed class MemoryFitTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(4e-9, 3.2, 0.3, 0.13, 1)]
    [InlineData(0.5e-9, 1.8, 0.1, 0.02, 2)]
    [InlineData(8e-9, 4.5, 0.06, 1.5, 3)]
    public void Numbers_of_a_channel_are_found_in_its_loops(double g, double beta, double volts, double tau, int seed)
    {
        MemoryFit fit = MemoryFit.Of("nanofluidic-bipolar", Channel(g, beta, volts, tau, seed));
        Assert.InRange(fit.Explained, 0.999, 1);
        Assert.Empty(fit.AtEnd);
        Assert.Equal(["G_0", "V_s", "beta", "tau_m"], fit.Determined.Order(StringComparer.Ordinal));
        foreach ((string name, double true_) in new[] { ("G_0", g), ("beta", beta), ("V_s", volts), ("tau_m", tau) })
        {
            Assert.InRange(fit.Numbers[name] / true_, 0.95, 1.05);
        }
    }

    [Fact]
    public void A_law_that_is_not_the_devices_explains_less()
    {
        MemoryTrace trace = Channel(4e-9, 3.2, 0.3, 0.13, 4);
        double own = MemoryFit.Of("nanofluidic-bipolar", trace).Explained;
        Assert.True(MemoryFit.Of("nanofluidic-unipolar", trace).Explained < own - 0.02);
        Assert.True(MemoryFit.Of("tiox-memristor", trace).Explained < own - 0.02);
    }

    [Fact]
    public void A_device_beyond_the_ranges_of_the_law_is_said_to_be()
        => Assert.Contains("beta", MemoryFit.Of("nanofluidic-bipolar", Channel(4e-9, 9, 0.3, 0.13, 5)).AtEnd);

    [Theory]
    [InlineData("time_s,voltage_V\n0,1\n", 1)]
    [InlineData("time_s,voltage_V,current_A\n0,1,1\n0,1,1\n1,1,1\n2,1,1\n3,1,1\n4,1,1\n5,1,1\n6,1,1\n7,1,1\n8,1,1\n9,1,1\n", 3)]
    [InlineData("time_s,voltage_V,current_A\n0,1,1\n1,1,1\n", 3)]
    [InlineData("time_s,voltage_V,current_A\n0,1,x\n1,1,1\n2,1,1\n3,1,1\n4,1,1\n5,1,1\n6,1,1\n7,1,1\n8,1,1\n9,1,1\n", 2)]
    public void A_table_that_shows_no_device_is_refused_with_its_line(string text, int line)
    {
        File.WriteAllText(_file, text);
        CsvException problem = Assert.Throws<CsvException>(() => MemoryTrace.Read(_file));
        Assert.Contains(problem.Faults, f => f.Line == line);
    }

    // The closed form of the channel's equation under a voltage that stays from one line to the next.
    private static MemoryTrace Channel(double g, double beta, double volts, double tau, int seed)
    {
        Random random = new(seed);
        List<double> times = [];
        List<double> voltages = [];
        List<double> currents = [];
        double now = g * (1 + beta) / 2;
        double time = 0;
        foreach (double period in (double[])[20 * tau, 8 * tau, 2 * tau])
        {
            double step = period / 150;
            for (int k = 0; k < 225; k++)
            {
                double phase = k / 150.0 % 1;
                double v = phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - (4 * phase) : (4 * phase) - 4;
                times.Add(time);
                voltages.Add(v);
                currents.Add(now * v * (1 + (0.005 * (random.NextDouble() - 0.5))));
                double end = g * (1 + ((beta - 1) * (1 + Math.Tanh(v / volts)) / 2));
                now = end + ((now - end) * Math.Exp(-step / tau));
                time += step;
            }
        }

        return new MemoryTrace { Times = times, Volts = voltages, Amperes = currents };
    }
}
