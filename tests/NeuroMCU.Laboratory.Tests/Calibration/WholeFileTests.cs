// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Files;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Storage;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Tests.Calibration;

/// <summary>Files that must survive: each store against a disk whose power fails after every step, and against the real one.</summary>
public sealed class WholeFileTests
{
    private static readonly byte[] s_old = Encoding.UTF8.GetBytes("the former content");
    private static readonly byte[] s_new = Encoding.UTF8.GetBytes("what takes its place");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_a_power_failure_a_file_is_the_former_one_or_the_new_one_and_after_the_last_step_the_new_one(bool namesKept)
    {
        string path = Path.GetFullPath("kept");
        for (int steps = 0; ; steps++)
        {
            FailingDisk disk = new();
            WholeFile.Write(path, file => file.Write(s_old), disk);
            Assert.Equal(s_old, disk.AfterPowerFailure(path, namesKept));
            disk.StepsLeft = steps;
            bool done = Record.Exception(() => WholeFile.Write(path, file => file.Write(s_new), disk)) is null;
            byte[]? found = disk.AfterPowerFailure(path, namesKept);
            Assert.True(s_new.SequenceEqual(found!) || (!done && s_old.SequenceEqual(found!)), $"after {steps} steps");
            if (done)
            {
                Assert.True(steps >= 4, "created, flushed, moved, folder flushed");
                return;
            }
        }
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_former_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "kept");
        WholeFile.Write(path, file => file.Write(s_old));
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(path, file =>
        {
            file.Write(s_new);
            throw new InvalidOperationException();
        }));
        Assert.Equal(s_old, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_file_is_replaced_and_not_written_over()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "kept");
        Replaced(path, () => WholeFile.Write(path, file => file.Write(s_old)), () => WholeFile.Write(path, file => file.Write(s_new)));
        Assert.Equal(s_new, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_calibration_survives_a_power_failure_right_after_it_was_kept_and_replaces_its_former_file()
    {
        BoardCalibration made = await new Calibrator(new ModelBench(CalibratorTests.Parts(2, 3)),
            new CalibrationOptions()).RunAsync("model", "01", CancellationToken.None);
        FailingDisk disk = new();
        using TemporaryFolder folder = new();
        string path = new CalibrationStore(folder.Path, disk).Save(made);
        Assert.Contains("\"board\": \"model\"", Encoding.UTF8.GetString(disk.AfterPowerFailure(path, namesKept: false)!),
            StringComparison.Ordinal);

        CalibrationStore store = new(folder.Path);
        Replaced(path, () => store.Save(made), () => store.Save(made with { BenchSeconds = 5 }));
    }

    [Fact]
    public void What_a_virtual_device_has_stored_survives_a_power_failure_when_it_says_so()
    {
        using TemporaryFolder folder = new();
        FailingDisk disk = new();
        VirtualFlash flash = new(1000);
        using FlashFolder files = FlashFolder.Open(folder.Path, TimeSpan.Zero, disk);
        files.Load(flash);
        foreach (byte[] content in new[] { s_old, s_new })
        {
            flash.Create("net_a.bin");
            flash.Append("net_a.bin", content, 0, content.Length);
            files.Save(flash);
            Assert.Equal(content, disk.AfterPowerFailure(Path.Combine(folder.Path, "net_a.bin"), namesKept: false));
        }

        // Nothing changed, nothing written.
        int steps = disk.Steps;
        files.Save(flash);
        Assert.Equal(steps, disk.Steps);
    }

    [Fact]
    public void The_files_of_a_virtual_device_are_replaced_and_removed_with_those_of_its_flash()
    {
        using TemporaryFolder folder = new();
        VirtualFlash flash = new(1000);
        using (FlashFolder files = FlashFolder.Open(folder.Path, TimeSpan.Zero))
        {
            files.Load(flash);
            void Store(string name, byte[] content)
            {
                flash.Create(name);
                flash.Append(name, content, 0, content.Length);
                files.Save(flash);
            }

            Replaced(Path.Combine(folder.Path, "net_a.bin"), () => Store("net_a.bin", s_old), () => Store("net_a.bin", s_new));
            Store("net_b.bin", s_old);
            flash.Delete("net_b.bin");
            files.Save(flash);
        }

        VirtualFlash again = new(1000);
        using FlashFolder reopened = FlashFolder.Open(folder.Path, TimeSpan.Zero);
        reopened.Load(again);
        Assert.Equal(["net_a.bin"], again.Files);
        Assert.Equal(s_new, again.Contents("net_a.bin"));
    }

    // Who has the former file open still reads the whole former file, so that the new one was never half in its place.
    private static void Replaced(string path, Action write, Action replace)
    {
        write();
        byte[] before = File.ReadAllBytes(path);
        using FileStream held = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        replace();
        List<byte> kept = [];
        for (int value = held.ReadByte(); value >= 0; value = held.ReadByte())
        {
            kept.Add((byte)value);
        }

        Assert.Equal(before, kept);
        Assert.NotEqual(before, File.ReadAllBytes(path));
    }
}
