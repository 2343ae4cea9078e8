// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Devices.Tests.Disks;

/// <summary>Files that a user names.</summary>
public sealed class UserFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void A_file_that_cannot_be_finished_leaves_the_former_one_and_nothing_beside_it()
    {
        File.WriteAllText(Of("a.txt"), "former");
        OutputFileException problem = Assert.Throws<OutputFileException>(() => OutputFile.Write(Of("a.txt"), stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Equal((Of("a.txt"), "No space left on device"), (problem.Path, problem.Why));
        Assert.Equal("former", File.ReadAllText(Of("a.txt")));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_link_stays_a_link_and_a_device_a_device()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        File.WriteAllText(Of("a.txt"), "former");
        File.CreateSymbolicLink(Of("link"), Of("a.txt"));
        OutputFile.WriteText(Of("link"), text => text.Write("new"));
        Assert.Equal("new", File.ReadAllText(Of("a.txt")));
        Assert.NotNull(new FileInfo(Of("link")).LinkTarget);
        OutputFile.WriteText("/dev/null", text => text.Write("nothing"));
        Assert.False(FileKind.IsRegular("/dev/null"));
    }

    [Fact]
    public void Only_regular_files_of_a_bounded_size_are_read()
    {
        File.WriteAllText(Of("a.txt"), new string('x', 100));
        Assert.Equal(100, InputFile.ReadText(Of("a.txt")).Length);
        Assert.Throws<InputFileException>(() => InputFile.ReadBytes(Of("a.txt"), most: 99));
        Assert.Throws<InputFileException>(() => InputFile.ReadBytes(_folder));
        Assert.Throws<FileNotFoundException>(() => InputFile.ReadBytes(Of("none")));
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("no regular file", Assert.Throws<InputFileException>(() => InputFile.ReadBytes("/dev/zero")).Message,
                StringComparison.Ordinal);
            File.CreateSymbolicLink(Of("zero"), "/dev/zero");
            Assert.Throws<InputFileException>(() => InputFile.ReadBytes(Of("zero")));
        }
    }

    [Fact]
    public void A_cost_profile_without_end_or_without_bottom_is_refused()
    {
        File.WriteAllText(Of("deep.yaml"), "name: " + new string('[', 200_000));
        DeviceException deep = Assert.Throws<DeviceException>(
            () => new BenchDevice(new VirtualDeviceOptions { Ephemeral = true, Profile = Of("deep.yaml") }));
        Assert.Contains("within each other", deep.Why!, StringComparison.Ordinal);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have other devices");
        File.CreateSymbolicLink(Of("zero.yaml"), "/dev/zero");
        DeviceException zero = Assert.Throws<DeviceException>(
            () => new BenchDevice(new VirtualDeviceOptions { Ephemeral = true, Profile = Of("zero.yaml") }));
        Assert.Contains("no regular file", zero.Why!, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_ways_to_write_a_path_lead_to_one_place()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(Of("sub"));
        File.WriteAllText(Of("sub/a"), "a");
        File.CreateSymbolicLink(Of("link"), Of("sub/a"));
        Directory.CreateSymbolicLink(Of("way"), Of("sub"));
        Assert.True(SamePlace.Is(Of("sub/a"), Of("sub/../sub/./a")));
        Assert.True(SamePlace.Is(Of("sub/a"), Of("link")));
        Assert.True(SamePlace.Is(Of("way/a"), Of("sub/a")));
        Assert.True(SamePlace.Is(Of("way/not yet"), Of("sub/not yet")));
        Assert.False(SamePlace.Is(Of("sub/a"), Of("a")));
    }

    [Fact]
    public void What_would_steer_a_terminal_is_shown_as_its_number()
    {
        Assert.Equal("a\\u001B[31m\\u001B]0;x\\u0007\\u009B\\u202Eb µ–ü", Printable.Of("a\u001b[31m\u001b]0;x\u0007\u009b\u202eb µ–ü"));
        Assert.Equal("a\nb\tc", Printable.Of("a\nb\tc", lines: true));
        Assert.Equal("a\\u000Ab", Printable.Of("a\nb"));
        Assert.Equal(40, Printable.Short(new string('x', 100)).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Of(string name) => Path.Combine(_folder, name);
}
