// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>What a hub appends to its log is what it took, and a log that was cut or damaged says so.</summary>
public sealed class HubLogTests : IDisposable
{
    private static readonly HubLogHead s_head = new("chain", DateTimeOffset.UnixEpoch, ["zurich", "padova"], ["anpre", "bn"], ["anpre->bn"]);

    private readonly string _folder = Directory.CreateTempSubdirectory("neuromcu-log-").FullName;

    private string Log => Path.Combine(_folder, "session.hublog");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_log_that_is_cut_at_any_byte_holds_its_whole_blocks_and_says_what_is_missing()
    {
        Write(s_head, 3, 2);
        byte[] whole = File.ReadAllBytes(Log);
        RunRecording all = HubLogReader.Read(Log);
        Assert.Equal((6, null), (all.Spikes.Count, all.EndedEarly));
        int head = whole.Length - (3 * (HubLogWriter.BlockHead + (2 * HubLogRow.Size)));
        for (int length = head; length < whole.Length; length++)
        {
            File.WriteAllBytes(Log, whole[..length]);
            RunRecording cut = HubLogReader.Read(Log);
            int blocks = (length - head) / (HubLogWriter.BlockHead + (2 * HubLogRow.Size));
            Assert.Equal(2 * blocks, cut.Spikes.Count);
            Assert.Equal(length == head + (blocks * (HubLogWriter.BlockHead + (2 * HubLogRow.Size))), cut.EndedEarly is null);
        }

        for (int length = 0; length < head; length++)
        {
            File.WriteAllBytes(Log, whole[..length]);
            Assert.Throws<InvalidDataException>(() => HubLogReader.Read(Log));
        }
    }

    [Fact]
    public void Each_changed_byte_is_found()
    {
        Write(s_head, 2, 2);
        byte[] whole = File.ReadAllBytes(Log);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            File.WriteAllBytes(Log, changed);
            try
            {
                Assert.NotNull(HubLogReader.Read(Log).EndedEarly);
            }
            catch (InvalidDataException)
            {
                // No log, or no session in it.
            }
        }
    }

    [Fact]
    public void A_hub_that_was_killed_goes_on_behind_the_last_whole_block()
    {
        Write(s_head, 2, 2);
        byte[] whole = File.ReadAllBytes(Log);
        File.WriteAllBytes(Log, whole[..^5]);
        using (HubLogWriter later = new(Log, s_head with { Began = DateTimeOffset.UnixEpoch.AddSeconds(10) }))
        {
            Assert.Equal(HubLogWriter.BlockHead + (2 * HubLogRow.Size) - 5, later.CutOff);
            later.Add(new HubLogRow(7, 1, 2, 0, 0));
        }

        RunRecording read = HubLogReader.Read(Log);
        Assert.Null(read.EndedEarly);
        Assert.Equal([0, 1, 10_000_007], read.Spikes.Times);
        Assert.Contains(new("sessions", "2"), read.Origin);
    }

    [Fact]
    public void A_file_that_is_no_log_is_left_alone()
    {
        File.WriteAllText(Log, "somebody's notes");
        Assert.Throws<InvalidDataException>(() => new HubLogWriter(Log, s_head));
        Assert.Equal("somebody's notes", File.ReadAllText(Log));
        using HubLogWriter first = new(Log + "2", s_head);
        Assert.Throws<IOException>(() => new HubLogWriter(Log + "2", s_head));
    }

    [Fact]
    public async Task What_a_hub_took_stands_in_its_log_and_among_its_metrics()
    {
        await using HubLab lab = new(HubLab.Chain + "\nlog: session.hublog\n");
        lab.Start(untilAllLeft: true);
        HubLink zurich = lab.Join("zurich");
        HubLink padova = lab.Join("padova");
        await HubLab.Until(() => zurich.IsSynchronised && padova.IsSynchronised);
        for (int k = 0; k < 50; k++)
        {
            zurich.Send([new WireSpike(63, SpikeKind.Spontaneous, zurich.ToHub(zurich.Clock.Now))]);
            padova.Send([new WireSpike(256, (SpikeKind)(k % 3), padova.ToHub(padova.Clock.Now))]);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await HubLab.Until(() => lab["zurich"].Taken + lab["padova"].Taken == 100);
        string page = string.Empty;
        for (int k = 0; k < 100 && !page.Contains("taken_total{site=\"padova\"} 50", StringComparison.Ordinal); k++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            using MemoryStream text = new();
            await lab.Server.Metrics.Registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
            page = System.Text.Encoding.UTF8.GetString(text.ToArray());
        }

        Assert.Contains("neuromcu_hub_spikes_taken_total{site=\"padova\"} 50", page, StringComparison.Ordinal);
        Assert.Contains("neuromcu_hub_spikes_lost_total{site=\"zurich\"} 0", page, StringComparison.Ordinal);
        Assert.Contains($"neuromcu_hub_weight{{synapse=\"bn->anpost\"}} {lab.Server.Core.Synapses[1].Node.Weight}", page,
            StringComparison.Ordinal);
        await zurich.DisposeAsync();
        await padova.DisposeAsync();
        await lab.EndAsync();
        lab.Server.Dispose();

        RunRecording log = HubLogReader.Read(Path.Combine(lab.Folder, "session.hublog"));
        Assert.Null(log.EndedEarly);
        Assert.Equal(lab.Server.Record.Spikes.Count(s => s.Kind != SpikeKind.Potential), log.Spikes.Count);
        Assert.Contains(new("potentials", "17"), log.Origin);
        Assert.Contains(new("weights", $"{lab.Server.Record.Weights.Count}"), log.Origin);
        Assert.Equal(["anpre", "anpost", "bn"], log.Populations.Select(p => p.Name));
    }

    private void Write(HubLogHead head, int blocks, int rows)
    {
        using HubLogWriter log = new(Log, head);
        for (int block = 0; block < blocks; block++)
        {
            for (int row = 0; row < rows; row++)
            {
                log.Add(new HubLogRow((block * rows) + row, row % 2, 2, 0, 0));
            }

            log.Flush();
        }
    }
}
