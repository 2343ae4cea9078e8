// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Boards;

namespace NeuroMCU.Hardware.Tests.NeuronBoards;

public class PopulationTests
{
    [Fact]
    public void Many_parts_have_the_measured_statistics()
    {
        // 35 P0118MA of the Brain2Simulator project: V_th 1.73 ± 0.56 V in 1.10 to 2.80 V, I_hold 77.4 ± 16.8 µA in 56.8 to 109.5 µA.
        var parts = Enumerable.Range(0, 500).SelectMany(seed => BoardSpecimen.Draw(VirtualBoards.Plan(8), seed).Channels)
            .Select(c => c.Part).ToArray();
        double[] threshold = [.. parts.Select(p => p.Threshold)];
        double[] hold = [.. parts.Select(p => p.Hold * 1e6)];
        double[] onset = [.. parts.Select(p => p.Onset * 1e6).Order()];
        Assert.InRange(threshold.Average(), 1.70, 1.76);
        Assert.InRange(Deviation(threshold), 0.54, 0.58);
        Assert.InRange(threshold.Min(), 1.10, 1.11);
        Assert.InRange(threshold.Max(), 2.79, 2.80);
        Assert.InRange(hold.Average(), 76.4, 78.4);
        Assert.InRange(Deviation(hold), 16.2, 17.4);
        Assert.InRange(hold.Min(), 56.8, 57.1);
        Assert.InRange(hold.Max(), 109.2, 109.5);
        Assert.InRange(onset[onset.Length / 2], 31, 36);
    }

    [Fact]
    public void Thirty_five_parts_look_like_the_measured_thirty_five()
    {
        // The mean of 35 draws lies within three standard errors of the measured mean.
        var parts = Enumerable.Range(0, 35).Select(seed => BoardSpecimen.Draw(VirtualBoards.Plan(1), seed).Channels[0].Part).ToArray();
        Assert.InRange(parts.Average(p => p.Threshold), 1.73 - (3 * 0.56 / Math.Sqrt(35)), 1.73 + (3 * 0.56 / Math.Sqrt(35)));
        Assert.InRange(parts.Average(p => p.Hold * 1e6), 77.4 - (3 * 16.8 / Math.Sqrt(35)), 77.4 + (3 * 16.8 / Math.Sqrt(35)));
        Assert.All(parts, part => part.Checked());
    }

    [Fact]
    public void A_seed_names_a_board_for_good()
    {
        BoardSpecimen one = BoardSpecimen.Draw(VirtualBoards.Plan(8), 7);
        BoardSpecimen again = BoardSpecimen.Draw(VirtualBoards.Plan(8), 7);
        BoardSpecimen other = BoardSpecimen.Draw(VirtualBoards.Plan(8), 8);
        Assert.Equal(one.ToString(), again.ToString());
        Assert.Equal(one.Channels, again.Channels);
        Assert.NotEqual(one.Channels[0].Part, other.Channels[0].Part);
        Assert.Contains("n1: threshold 1.707 V, onset 32.9 uA", one.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrower_board_of_a_seed_has_the_same_first_channels()
    {
        Assert.Equal(BoardSpecimen.Draw(VirtualBoards.Plan(8), 3).Channels[1].Part, BoardSpecimen.Draw(VirtualBoards.Plan(2), 3)
            .Channels[1].Part);
    }

    [Fact]
    public void The_esp32_s_converter_is_off_by_what_its_data_sheet_allows()
    {
        foreach (long seed in Enumerable.Range(0, 40))
        {
            AdcSpecimen adc = BoardSpecimen.Draw(VirtualBoards.Plan(1), seed).Channels[0].Adc;
            Assert.InRange(adc.Gain, 0.94, 1.06);
            Assert.Equal(0, adc.Seen(0.03, 0));

            // Useful from 150 to 2450 mV: within 6 % and 150 mV there; monotone but for steps and noise of some codes.
            for (double v = 0.15; v < 2.45; v += 0.01)
            {
                Assert.InRange(adc.Seen(v, 0), (0.94 * v) - 0.12, 1.06 * v);
                Assert.True(adc.Seen(v + 0.02, 0) > adc.Seen(v, 0));
            }

            // Above, it bends.
            double slope = (adc.Seen(2.4, 0) - adc.Seen(1.0, 0)) / 1.4;
            Assert.True(adc.Seen(3.1, 0) > adc.Seen(2.4, 0) + (slope * 0.7) + 0.02);
        }
    }

    [Fact]
    public void An_external_converter_is_within_a_code()
    {
        foreach (long seed in Enumerable.Range(0, 40))
        {
            AdcSpecimen adc = BoardSpecimen.Draw(VirtualBoards.Plan(1, ConverterPart.Spi), seed).Channels[0].Adc;
            for (double v = 0.1; v < 2.9; v += 0.1)
            {
                Assert.InRange((adc.Seen(v, 0) / adc.Gain) - v, -1.5 * 3.1 / 4095, 1.5 * 3.1 / 4095);
            }
        }
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
