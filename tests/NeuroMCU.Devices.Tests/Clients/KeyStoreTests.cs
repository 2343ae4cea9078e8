// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Keys;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Devices.Tests.Clients;

public sealed class KeyStoreTests
{
    [Fact]
    public void A_new_key_is_made_once_and_belongs_to_its_owner_only()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("keys/key");
        (byte[] made, string? created) = KeyStore.FindOrCreate(path);
        (byte[] found, string? again) = KeyStore.FindOrCreate(path);

        Assert.Equal(path, created);
        Assert.Null(again);
        Assert.Equal(32, made.Length);
        Assert.Equal(made, found);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00112233")]
    [InlineData("not hexadecimal at all")]
    public void A_file_without_a_key_is_refused(string content)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("key");
        File.WriteAllText(path, content);
        var problem = Assert.Throws<DeviceException>(() => KeyStore.Find(path));
        Assert.Equal(DeviceErrorKind.KeyMissing, problem.Kind);
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_that_is_missing_is_an_error_and_not_skipped()
    {
        var problem = Assert.Throws<DeviceException>(() => KeyStore.Find("/nowhere/key"));
        Assert.Equal(DeviceErrorKind.KeyMissing, problem.Kind);
        Assert.Contains("--key-file", problem.Next!, StringComparison.Ordinal);
    }
}
