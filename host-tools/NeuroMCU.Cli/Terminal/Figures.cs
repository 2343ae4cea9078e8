// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    /// <summary>A number of bytes: <c>512 B</c>, <c>12.3 KB</c> (1024 bytes).</summary>
    public static string Bytes(long bytes) => bytes < 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB");

    /// <summary>A number to four significant digits.</summary>
    public static string Short(double value)
    {
        if (value == 0 || double.IsNaN(value) || double.IsInfinity(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        double size = Math.Abs(value);
        return size is >= 1e-3 and < 1e6
            ? value.ToString(size >= 1000 ? "0" : size >= 100 ? "0.#" : size >= 10 ? "0.##" : size >= 1 ? "0.###" : "0.######",
                CultureInfo.InvariantCulture)
            : value.ToString("0.##e0", CultureInfo.InvariantCulture);
    }

    /// <summary>A time in µs with the unit that suits it.</summary>
    public static string Time(double microseconds) => Math.Abs(microseconds) switch
    {
        >= 1e6 => Short(microseconds / 1e6) + " s",
        >= 1e3 => Short(microseconds / 1e3) + " ms",
        _ => Short(microseconds) + " us",
    };

    /// <summary>A fraction as per cent, exact near 100 %: 0.99954 gives <c>99.954 %</c>.</summary>
    public static string Share(double fraction) => (Math.Floor(fraction * 1e5) / 1e3).ToString("0.###",
        CultureInfo.InvariantCulture) + " %";

    /// <summary>The CRC that identifies an image, as eight hexadecimal digits.</summary>
    public static string Crc(uint crc) => crc.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The CRC of the content of an image.</summary>
    public static string Crc(byte[] image) => Crc(ImageHeader.ContentCrc(image, image.Length));

    /// <summary>A count and its noun: <c>1 neuron</c>, <c>2 neurons</c>.</summary>
    public static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture,
        $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
