// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuroMCU.Recordings.Report;

/// <summary>Writes the parts of a page; everything that comes from outside is escaped here.</summary>
public sealed class HtmlWriter
{
    // The default encoder also escapes < > & ', so that no text can end the script element that carries it.
    private static readonly JsonSerializerOptions s_json = new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly TextWriter _writer;

    /// <summary>Writes to a stream of text.</summary>
    /// <param name="writer">Where to.</param>
    public HtmlWriter(TextWriter writer)
    {
        _writer = writer;
    }

    /// <summary>Writes markup as it is.</summary>
    /// <param name="markup">HTML from the program itself, never from a file or a device.</param>
    public void Raw(string markup) => _writer.Write(markup);

    /// <summary>Writes text, escaped.</summary>
    /// <param name="text">Any text.</param>
    public void Text(string text) => _writer.Write(WebUtility.HtmlEncode(Printable.Of(text, lines: true)));

    /// <summary>Writes the place of a plot: its legend and its data, which the page's script draws.</summary>
    /// <param name="data">What the script gets, with a property <c>Kind</c>.</param>
    public void Plot(object data)
    {
        Raw("<div class=\"legend\"></div><div class=\"plot\"><script type=\"application/json\">");
        Raw(JsonSerializer.Serialize(data, s_json));
        Raw("</script></div>\n");
    }

    /// <summary>The class that colours a figure or a row.</summary>
    /// <param name="tone">How it is to be taken.</param>
    /// <returns>A blank and the class; empty for none.</returns>
    public static string Class(FigureTone tone) => tone switch
    {
        FigureTone.Good => " good",
        FigureTone.Warning => " warn",
        FigureTone.Bad => " bad",
        _ => string.Empty,
    };

    /// <summary>Packs doubles for the page's script.</summary>
    /// <param name="values">Values; NaN leaves a gap in a line.</param>
    /// <returns>Little-endian doubles in base 64.</returns>
    public static string Pack(double[] values)
    {
        byte[] bytes = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * i), values[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Packs integers for the page's script.</summary>
    /// <param name="values">Values.</param>
    /// <returns>Little-endian 32-bit integers in base 64.</returns>
    public static string Pack(int[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Times in µs as seconds.</summary>
    /// <param name="microseconds">Times in µs.</param>
    /// <returns>Times in s.</returns>
    public static double[] Seconds(long[] microseconds) => Array.ConvertAll(microseconds, t => t / 1e6);
}
