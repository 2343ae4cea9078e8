// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Hardware.Tests.NeuronBoards;

/// <summary>What each fault shows at the pins, on each channel of a board of eight, and that the other channels stay as they
/// were.</summary>
public class ChannelFaultTests
{
    private const int Channels = 8;
    private const double Onset = 1;
    private const double End = 2;

    public static TheoryData<ChannelFaultKind, int> All()
    {
        var data = new TheoryData<ChannelFaultKind, int>();
        foreach (ChannelFaultKind kind in Enum.GetValues<ChannelFaultKind>())
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                data.Add(kind, channel);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_fault_shows_at_its_time_as_documented_and_nowhere_else(ChannelFaultKind kind, int channel)
    {
        int other = (channel + 3) % Channels;
        var healthy = new VirtualNeuronBoard(BoardSpecimen.Nominal(VirtualBoards.Plan(Channels)));
        var board = new VirtualNeuronBoard(
            BoardSpecimen.Nominal(VirtualBoards.Plan(Channels)), [new ChannelFault(kind, channel) { At = Onset, Other = other }]);
        for (int i = 0; i < Channels; i++)
        {
            // Unequal currents, so that a swapped cable shows.
            healthy.Drive(i, 0, VirtualBoards.Volts(60 + (4 * i)));
            board.Drive(i, 0, VirtualBoards.Volts(60 + (4 * i)));
        }

        for (int i = 0; i < Channels; i++)
        {
            Assert.Equal(healthy.Rises(i, Onset - 1e-6), board.Rises(i, Onset - 1e-6));
        }

        long settled = board.Rises(channel, Onset + 0.05);
        long after = board.Rises(channel, End) - settled;
        long expected = Counted(healthy, channel, Onset + 0.05, End);
        double load = (60 + (4 * channel)) * 1e-6 * 2000;
        switch (kind)
        {
            case ChannelFaultKind.Latched:
            case ChannelFaultKind.ShortedThyristor:
                Assert.Equal(0, after);
                Assert.InRange(board.Sense(channel, End), load - 1e-3, load + 1e-3);
                board.Reset(channel, End, true);
                board.Reset(channel, End + 0.01, false);
                Assert.Equal(kind == ChannelFaultKind.Latched ? 1 : 0, Counted(board, channel, End + 0.01, End + 0.5));
                break;
            case ChannelFaultKind.OpenDrive:
            case ChannelFaultKind.ShortedMembrane:
            case ChannelFaultKind.NoSupply:
                Assert.Equal(0, after);
                Assert.InRange(board.Sense(channel, End), 0, 1e-3);
                Assert.False(board.Detect(channel, End));
                break;
            case ChannelFaultKind.OpenSense:
                Assert.Equal(expected, after);
                double[] readings = [.. Enumerable.Range(0, 1000).Select(i => board.Sense(channel, End + (i * 1e-3)))];
                Assert.InRange(readings.Average(), 0.5, 0.7);
                Assert.True(readings.Max() - readings.Min() > 0.3);
                break;
            case ChannelFaultKind.Swapped:
                double exchanged = expected * RateAt(60 + (4 * other)) / RateAt(60 + (4 * channel));
                Assert.InRange(after, exchanged - 2, exchanged + 2);
                break;
            case ChannelFaultKind.Drift:
                Assert.InRange(Counted(board, channel, 10, 10.95), 1, 0.97 * expected);
                break;
            case ChannelFaultKind.Aged:
                Assert.InRange(after, 1, 0.93 * expected);
                break;
            case ChannelFaultKind.Noisy:
                Assert.Equal(expected, after);
                double[] noisy = [.. Enumerable.Range(0, 1000).Select(i => board.Sense(channel, End + (i * 1e-3)))];
                Assert.True(noisy.Count(v => v > 0.03) > 100);
                break;
            case ChannelFaultKind.DacStuck:
                board.Drive(channel, End, 0);
                Assert.InRange(Counted(board, channel, End, End + 0.95), expected - 2, expected + 2);
                break;
            case ChannelFaultKind.DetectHigh:
                Assert.True(board.Detect(channel, End));
                Assert.Equal(0, after);
                break;
            case ChannelFaultKind.DetectLow:
                Assert.False(board.Detect(channel, End));
                Assert.Equal(0, after);
                break;
            default:
                Assert.Fail("no expectation for " + kind);
                break;
        }

        for (int i = 0; i < Channels && kind != ChannelFaultKind.NoSupply; i++)
        {
            if (i != channel && (i != other || kind != ChannelFaultKind.Swapped))
            {
                Assert.Equal(healthy.Rises(i, 15), board.Rises(i, 15));
                Assert.Equal(healthy.Sense(i, 15), board.Sense(i, 15), 9);
            }
        }
    }

    // A circuit cannot be asked about an earlier time after a later one.
    private static long Counted(VirtualNeuronBoard board, int channel, double from, double to)
    {
        long before = board.Rises(channel, from);
        return board.Rises(channel, to) - before;
    }

    private static double RateAt(double microamps) => CircuitRates.Rate(new ThyristorCircuit(ThyristorPresets.Get("w25")),
        microamps * 1e-6);

    [Fact]
    public void A_fault_can_be_put_into_a_running_board()
    {
        var board = new VirtualNeuronBoard(BoardSpecimen.Nominal(VirtualBoards.Plan(2)));
        board.Drive(0, 0, VirtualBoards.Volts(80));
        long before = board.Rises(0, 0.5);
        board.Inject(new ChannelFault(ChannelFaultKind.OpenDrive, 0));
        Assert.InRange(before, 50, 120);
        Assert.InRange(board.Rises(0, 1) - before, 0, 1);
    }

    [Fact]
    public void A_channel_that_does_not_exist_is_refused()
    {
        BoardSpecimen specimen = BoardSpecimen.Nominal(VirtualBoards.Plan(2));
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new VirtualNeuronBoard(specimen,
            [new ChannelFault(ChannelFaultKind.Latched, 2)]));
        Assert.Contains("channels 0 to 1", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new VirtualNeuronBoard(specimen, [new ChannelFault(ChannelFaultKind.Swapped, 0)]));
    }
}
