// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Security.Cryptography;
using System.Text;

namespace NeuroMCU.Devices.Keys;

/// <summary>
/// The pre-shared key of networked devices: 32 bytes, written as 64 hexadecimal digits. Looked for in this order: a named file, the
/// environment variable NEUROMCU_KEY, the file <c>neuromcu/key</c> in the user's configuration folder.
/// </summary>
public static class KeyStore
{
    /// <summary>Length of the key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Environment variable that may hold the key.</summary>
    public const string Variable = "NEUROMCU_KEY";

    /// <summary>Gets the user's key file: <c>$XDG_CONFIG_HOME/neuromcu/key</c>, by default <c>~/.config/neuromcu/key</c>.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "neuromcu",
        "key");

    /// <summary>Finds the key.</summary>
    /// <param name="keyFile">File to read it from; null to look in the usual places.</param>
    /// <returns>The key, or null when there is none in the usual places.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.KeyMissing" />: it is there but cannot be used.</exception>
    public static byte[]? Find(string? keyFile = null)
    {
        if (keyFile is not null)
        {
            return Read(keyFile);
        }

        string? variable = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(variable))
        {
            return Decode(variable, "the environment variable " + Variable);
        }

        return File.Exists(DefaultPath) ? Read(DefaultPath) : null;
    }

    /// <summary>Finds the key, and makes one when there is none.</summary>
    /// <param name="keyFile">File to use; null for the usual places. A new key goes there, readable by its owner only.</param>
    /// <returns>The key, and the file that it was newly written to (null when it was there before).</returns>
    /// <exception cref="DeviceException">The key cannot be used, or the file cannot be written.</exception>
    public static (byte[] Key, string? CreatedPath) FindOrCreate(string? keyFile = null)
    {
        string path = keyFile ?? DefaultPath;
        if ((keyFile is null || File.Exists(keyFile)) && Find(keyFile) is byte[] key)
        {
            return (key, null);
        }

        byte[] made = RandomNumberGenerator.GetBytes(KeySize);
        Write(path, made);
        return (made, path);
    }

    private static byte[] Read(string path)
    {
        try
        {
            return Decode(InputFile.ReadText(path, most: 1 << 16), $"the key file '{path}'");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                DeviceErrorKind.KeyMissing,
                $"the key file '{path}' cannot be read",
                problem.Message,
                "name the right file with --key-file FILE",
                problem);
        }
    }

    private static byte[] Decode(string text, string where)
    {
        string digits = text.Trim();
        try
        {
            byte[] key = Convert.FromHexString(digits);
            if (key.Length == KeySize)
            {
                return key;
            }
        }
        catch (FormatException)
        {
            // Reported below, together with a wrong length.
        }

        throw new DeviceException(
            DeviceErrorKind.KeyMissing,
            $"{where} holds no key",
            $"a key is {2 * KeySize} hexadecimal digits, this has {digits.Length} characters",
            "copy the key of the device unchanged, or make a new one on both ends: openssl rand -hex 32");
    }

    private static void Write(string path, byte[] key)
    {
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }

            // The mode is set when the file is made: at no time may others read it.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key) + "\n"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                DeviceErrorKind.FileAccess,
                $"the key file '{path}' cannot be written",
                problem.Message,
                "name a file that you may write with --key-file FILE, or set " + Variable,
                problem);
        }
    }
}
