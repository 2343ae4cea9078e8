// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Text;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Recordings.Report;
using SkiaSharp;

namespace NeuroMCU.Cli.Pictures;

/// <summary>Writes the figures of a report as pictures.</summary>
internal static class PictureFiles
{
    /// <summary>Dots of a PNG on each point.</summary>
    private const int Sharpness = 2;

    /// <summary>The option of verbs whose report has figures.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Option() => new Option<string?>("--figure")
    {
        Description = "Write the figures of the report to this picture and others beside it, or to the pages of a PDF",
        HelpName = "FILE.png|svg|pdf",
    }
        .EndingIn("a picture", ".png", ".svg", ".pdf");

    /// <summary>Writes the figures of a report.</summary>
    /// <param name="context">Where messages go; outputs are checked there against inputs.</param>
    /// <param name="path">The file: a PDF takes all figures, a page each; of PNG and SVG it takes the first, and the others stand
    /// beside it with their titles in the name.</param>
    /// <returns>The files.</returns>
    /// <exception cref="CliException">The report has no figure.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(VerbContext context, string path, HtmlReport report)
    {
        (string Title, Picture Picture)[] figures = [.. report.Sections.Select(s => (s.Title, Picture: Picture.Of(s)))
            .Where(f => f.Picture is not null).Select(f => (f.Title, f.Picture!))];
        if (figures.Length == 0)
        {
            throw new CliException(ExitCode.Usage, $"there is no figure to write to {path}", "nothing that can be drawn was recorded",
                "leave --figure out");
        }

        List<string> written = [];
        if (HasEnding(path, ".pdf"))
        {
            OutputFile.Write(path, stream => WritePdf(stream, figures));
            written.Add(path);
        }
        else
        {
            foreach ((string title, Picture picture) in figures)
            {
                string file = written.Count == 0 ? path : Beside(path, title, written);
                OutputFile.Write(written.Count == 0 ? file : context.ForWriting(file), stream => WriteOne(stream, file, picture));
                written.Add(file);
            }
        }

        return written;
    }

    /// <summary>Writes the figures of a report when that was asked for, and says where.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <exception cref="CliException">The report has no figure.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Save(VerbContext context, string? path, Func<HtmlReport> report)
    {
        foreach (string file in path is null ? [] : Write(context, path, report()))
        {
            context.Say("wrote " + file);
        }
    }

    /// <summary>Writes one figure as a PNG, an SVG or a page of PDF.</summary>
    /// <param name="path">The file.</param>
    /// <param name="picture">The figure.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Picture picture)
    {
        if (HasEnding(path, ".pdf"))
        {
            OutputFile.Write(path, stream => WritePdf(stream, [(string.Empty, picture)]));
        }
        else
        {
            OutputFile.Write(path, stream => WriteOne(stream, path, picture));
        }
    }

    private static bool HasEnding(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static string Beside(string path, string title, List<string> written)
    {
        StringBuilder words = new StringBuilder();
        foreach (char c in title.ToLowerInvariant())
        {
            words.Append(char.IsAsciiLetterOrDigit(c) ? c : ' ');
        }

        string name = Path.ChangeExtension(path, null) + "-"
            + string.Join('-', words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string file = name + Path.GetExtension(path);
        for (int k = 2; written.Contains(file); k++)
        {
            file = FormattableString.Invariant($"{name}-{k}{Path.GetExtension(path)}");
        }

        return file;
    }

    private static void WriteOne(Stream stream, string path, Picture picture)
    {
        SKImageInfo size = new SKImageInfo((int)MathF.Ceiling(picture.Width * Sharpness), (int)MathF.Ceiling(picture.Height * Sharpness));
        if (HasEnding(path, ".svg"))
        {
            using SKManagedWStream target = new SKManagedWStream(stream);
            using SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(picture.Width, picture.Height), target);
            picture.Paint(canvas);
            return;
        }

        using SKSurface surface = SKSurface.Create(size);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Sharpness);
        picture.Paint(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    private static void WritePdf(Stream stream, IEnumerable<(string Title, Picture Picture)> figures)
    {
        const float PointsOfPdf = 72f / 96;
        using SKManagedWStream target = new SKManagedWStream(stream);
        using SKDocument document = SKDocument.CreatePdf(target);
        foreach ((_, Picture picture) in figures)
        {
            SKCanvas canvas = document.BeginPage(picture.Width * PointsOfPdf, picture.Height * PointsOfPdf);
            canvas.Scale(PointsOfPdf);
            picture.Paint(canvas);
            document.EndPage();
        }

        document.Close();
    }
}
