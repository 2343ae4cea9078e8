// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class HeadCalibrationTests
{
    [Fact]
    public void The_shipped_network_is_what_its_command_makes()
    {
        Assert.SkipUnless(SofaHead.IsKemarInstalled, "libmysofa1 with KEMAR's responses is not installed");
        using TemporaryFolder folder = new();

        string rivals = Path.Combine(ShippedExample.Folder(), "rivals.csv");

        LocalizationNetwork.Write(
            SofaHead.Kemar(),
            "the head of the recordings (MIT KEMAR)",
            folder.Path,
            "neuromcu calibrate-head --rivals examples/sound-localization/rivals.csv --out examples/sound-localization",
            rivals);

        foreach (string made in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            string shipped = Path.Combine(ShippedExample.Folder(), Path.GetRelativePath(folder.Path, made));
            Assert.Equal(File.ReadAllText(shipped).ReplaceLineEndings("\n"), File.ReadAllText(made).ReplaceLineEndings("\n"));
        }
    }

    [Fact]
    public void A_head_of_two_points_in_free_air_has_its_delays_in_every_band()
    {
        using TemporaryFolder folder = new();

        string path = LocalizationNetwork.Write(new FreeAirHead(), "two points", folder.Path, "test");

        // Without a head in between there is one delay for all frequencies, 600 µs · sin(azimuth), and no difference in level.
        Network network = NetworkFile.Load(path);
        IReadOnlyList<(double Position, double Value)> map = network.Readouts.Single().Direction!.Map;
        foreach ((double position, double azimuth) in map.Where(p => Math.Abs(p.Value) <= 60))
        {
            Assert.InRange(position - (FreeAirHead.Largest * Math.Sin(azimuth * Math.PI / 180)), -25, 25);
        }

        Assert.All(network.Readouts.Single().Direction!.Levels.SelectMany(l => l), level => Assert.InRange(level, -0.8, 0.8));
        foreach (Projection projection in network.Projections)
        {
            bool left = string.Equals(projection.Source.Name, "left_ear", StringComparison.Ordinal);
            int stride = projection.Target.Size == HeadTables.Places ? 1 : 2;
            foreach (Connection connection in projection.Connections)
            {
                int expected = (int)network.Readouts.Single()
                    .Direction!.Step * ((connection.Post * stride) - HeadTables.Middle) * (left ? -1 : 1);
                if (Math.Abs(expected) <= 500)
                {
                    Assert.InRange(connection.Delay, Math.Max(0, expected) - 25, Math.Max(0, expected) + 25);
                }
            }
        }
    }

    /// <summary>Two microphones without a head: pure delays, band-limited by interpolation with a windowed sinc.</summary>
    private sealed class FreeAirHead : IHead
    {
        public const double Largest = 600;

        private const int Taps = 128;

        public int SampleRate => 44100;

        public HeadResponse ResponseAt(double azimuth)
        {
            double half = Largest / 2 * Math.Sin(azimuth * Math.PI / 180) * SampleRate / 1e6;
            return new HeadResponse(azimuth, Delayed(half), Delayed(-half));
        }

        private static float[] Delayed(double samples)
        {
            return Enumerable.Range(0, Taps).Select(k =>
            {
                double x = k - (Taps / 2) - samples;
                double window = 0.5 + (0.5 * Math.Cos(2 * Math.PI * x / Taps));
                return (float)((Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x)) * (Math.Abs(x) < Taps / 2 ? window : 0));
            }).ToArray();
        }
    }
}
