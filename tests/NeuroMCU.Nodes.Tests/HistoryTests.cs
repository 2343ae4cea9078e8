// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Nodes.Tests;

/// <summary>The history of an array: what is put in comes out, another array is refused, a killed writer leaves a whole file.</summary>
public sealed class HistoryTests : IDisposable
{
    private static readonly NodeArrayIdentity s_array = new("024e01", "virtual-array", 8, 8, 1e-5);
    private readonly string _folder = Directory.CreateTempSubdirectory("neuromcu-history-").FullName;

    private string File => Path.Combine(_folder, "array.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_put_in_comes_out()
    {
        using (NodeHistory history = NodeHistory.Open(File, s_array))
        {
            long session = history.Begin("survey", "-n 3");
            history.Add(session, new NodeStep(3, 2, 1e-4, 0.5, 0.25));
            history.Add(session, new NodeReading(4, 0.25, 0.2, 0.3, 16, 0.5));
            history.Add(session, [new NodeResult(3, NodeOutcome.Weak, 17, 0.1, 0.1, 0.9)], survey: true);
            history.Add(history.Begin("survey", string.Empty), [new NodeResult(3, NodeOutcome.Good, 18, 0.25, 0.25, 0.75)], survey: true);
        }

        using NodeHistory again = NodeHistory.OpenExisting(File);
        Assert.Equal(s_array, again.Array);
        Assert.Equal(new NodeCondition(3, "good", 0.25 * 1e-5, 0.75 * 1e-5, 18), Assert.Single(again.Map()));
        HistoryRow row = Assert.Single(again.Rows(3));
        Assert.Equal((3, 2.0, 1e-4, 5e-6, 0.25, "survey"), (row.Node, row.Volts, row.Seconds, row.Siemens, row.Time, row.Verb));
        Assert.Equal(2, again.Rows().Count);
        Assert.Equal(4, Assert.Single(again.Rows(null, 1)).Node);
        Assert.Equal("ok", again.Check());
    }

    [Fact]
    public void The_history_of_another_array_is_refused_and_left_alone()
    {
        NodeHistory.Open(File, s_array).Dispose();
        byte[] before = System.IO.File.ReadAllBytes(File);
        NodeHistoryException refusal = Assert.Throws<NodeHistoryException>(() => NodeHistory.Open(File, s_array with
        {
            DeviceId =
            "024e02"
        }));
        Assert.Contains("another array", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Next);
        Assert.Throws<NodeHistoryException>(() => NodeHistory.Open(File, s_array with { Rows = 4 }));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void What_is_no_history_is_refused()
    {
        System.IO.File.WriteAllText(File, new string('x', 4096));
        Assert.Throws<NodeHistoryException>(() => NodeHistory.Open(File, s_array));
        Assert.Throws<NodeHistoryException>(() => NodeHistory.OpenExisting(Path.Combine(_folder, "none.db")));
    }

    [Fact]
    public void A_writer_that_never_closes_leaves_whole_transactions()
    {
        // The file and its log are copied while the writer is at work, which is what a kill leaves on the disk.
        using NodeHistory history = NodeHistory.Open(File, s_array);
        long session = history.Begin("program", string.Empty);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (int k = 0; k < 10_250; k++)
        {
            history.Add(session, new NodeStep(k % 64, 2, 1e-4, 0.5, k));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{10_250 / clock.Elapsed.TotalSeconds:0} readings/s");

        string copy = Path.Combine(_folder, "copy.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        using NodeHistory left = NodeHistory.OpenExisting(copy);
        Assert.Equal("ok", left.Check());
        Assert.Equal(10_000, left.Rows().Count);
    }
}
