// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuroMCU.Recordings.Report;
using SkiaSharp;

namespace NeuroMCU.Cli.Pictures;

/// <summary>A drawing that the program made itself: of SVG, what its own drawings use.</summary>
internal sealed class SvgPicture : Picture
{
    private const float TitleHeight = 34;
    private static readonly SKColor s_ink = SKColor.Parse("#1c2330");

    private readonly string _title;
    private readonly XElement _svg;
    private readonly float[] _box;

    public SvgPicture(SvgSection section)
    {
        _title = section.Title;
        _svg = XElement.Parse(section.Svg);
        _box = Numbers(_svg.Attribute("viewBox")!.Value);
    }

    /// <inheritdoc />
    public override float Width => _box[2];

    /// <inheritdoc />
    public override float Height => _box[3] + TitleHeight;

    /// <inheritdoc />
    public override void Paint(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        using SKPaint ink = new SKPaint { Color = s_ink, IsAntialias = true };
        using SKFont font = new SKFont(Typeface(bold: true), 15);
        canvas.DrawText(_title, Width / 2, 22, SKTextAlign.Center, font, ink);
        canvas.Save();
        canvas.Translate(-_box[0], TitleHeight - _box[1]);
        Paint(canvas, _svg);
        canvas.Restore();
    }

    private static void Paint(SKCanvas canvas, XElement element)
    {
        canvas.Save();
        Transform(canvas, element.Attribute("transform")?.Value);
        float Number(string name) => element.Attribute(name) is { } value ? float.Parse(value.Value, CultureInfo.InvariantCulture) : 0;
        switch (element.Name.LocalName)
        {
            case "svg" or "g":
                foreach (XElement child in element.Elements())
                {
                    Paint(canvas, child);
                }

                break;
            case "text":
                Write(canvas, element, Number("x"), Number("y"));
                break;
            case "path" or "circle" or "rect" or "line":
                using (SKPath path = element.Name.LocalName == "path" ? SKPath.ParseSvgPathData(element.Attribute("d")!.Value)
                    : new SKPath())
                {
                    switch (element.Name.LocalName)
                    {
                        case "circle":
                            path.AddCircle(Number("cx"), Number("cy"), Number("r"));
                            break;
                        case "rect":
                            path.AddRect(SKRect.Create(Number("x"), Number("y"), Number("width"), Number("height")));
                            break;
                        case "line":
                            path.MoveTo(Number("x1"), Number("y1"));
                            path.LineTo(Number("x2"), Number("y2"));
                            break;
                    }

                    Fill(canvas, element, path);
                    Stroke(canvas, element, path);
                }

                break;
        }

        canvas.Restore();
    }

    private static void Fill(SKCanvas canvas, XElement element, SKPath path)
    {
        if (Inherited(element, "fill") is { } fill && fill != "none")
        {
            using SKPaint paint = new SKPaint { Color = Colour(fill, element.Attribute("fill-opacity")?.Value), IsAntialias = true };
            canvas.DrawPath(path, paint);
        }
    }

    private static void Stroke(SKCanvas canvas, XElement element, SKPath path)
    {
        if (element.Attribute("stroke")?.Value is { } stroke && stroke != "none")
        {
            float width = element.Attribute("stroke-width") is { } value ? float.Parse(value.Value, CultureInfo.InvariantCulture) : 1;
            using SKPaint paint = new SKPaint
            {
                Color = Colour(stroke, element.Attribute("stroke-opacity")?.Value),
                IsStroke = true,
                StrokeWidth = width,
                IsAntialias = true
            };
            canvas.DrawPath(path, paint);
        }
    }

    private static void Write(SKCanvas canvas, XElement element, float x, float y)
    {
        SKTextAlign align = element.Attribute("text-anchor")?.Value switch
        {
            "middle" => SKTextAlign.Center,
            "end" => SKTextAlign.Right,
            _ => SKTextAlign.Left
        };
        using SKPaint paint = new SKPaint
        {
            Color = Colour(Inherited(element, "fill") ?? "currentColor",
            element.Attribute("fill-opacity")?.Value),
            IsAntialias = true
        };
        using SKFont font = new SKFont(Typeface(bold: false),
            float.Parse(Inherited(element, "font-size") ?? "12", CultureInfo.InvariantCulture));
        canvas.DrawText(element.Value, x, y, align, font, paint);
    }

    private static SKTypeface Typeface(bool bold) => SKTypeface.FromFamilyName(Font, bold ? SKFontStyle.Bold : SKFontStyle.Normal);

    private static string? Inherited(XElement element, string name) => element.AncestorsAndSelf().Select(e => e.Attribute(name)?.Value)
        .FirstOrDefault(v => v is not null);

    private static SKColor Colour(string text, string? opacity)
    {
        SKColor colour = text == "currentColor" ? s_ink : SKColor.Parse(text);
        return opacity is null ? colour : colour.WithAlpha((byte)Math.Round(255 * double.Parse(opacity, CultureInfo.InvariantCulture)));
    }

    private static void Transform(SKCanvas canvas, string? transform)
    {
        foreach (Match step in Regex.Matches(transform ?? string.Empty, @"(?<kind>translate|rotate)\((?<numbers>[^)]*)\)",
            RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking))
        {
            float[] numbers = Numbers(step.Groups["numbers"].Value);
            if (step.Groups["kind"].Value == "translate")
            {
                canvas.Translate(numbers[0], numbers.ElementAtOrDefault(1));
            }
            else
            {
                canvas.RotateDegrees(numbers[0]);
            }
        }
    }

    private static float[] Numbers(string text) => [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
        .Select(n => float.Parse(n, CultureInfo.InvariantCulture))];
}
