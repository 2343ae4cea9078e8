// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Api.Routes;

/// <summary>Recordings of the runs so far.</summary>
internal sealed class RecordingRoutes(SessionList sessions)
{
    private const string Page = ".html";

    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/recordings", ListAsync, false),
        new("GET", "/recordings/{recording}", context => context.AnswerAsync(RunDocument.Of(Find(context))), false),
        new("GET", "/recordings/{recording}/file", FileAsync, false),
        new("DELETE", "/recordings/{recording}", RemoveAsync, true),
    ];

    private KeptRun Find(HttpContext context) => sessions.Shelf.Find(context.Part("recording"));

    private Task ListAsync(HttpContext context) => context.AnswerAsync(new
    {
        sessions.Shelf.GivenUp,
        Formats = RecordingFile.Endings.Append(Page).Select(e => e[1..]),
        Recordings = sessions.Shelf.Runs.Select(RunDocument.Of),
    });

    private async Task FileAsync(HttpContext context)
    {
        KeptRun kept = Find(context);
        string format = context.Request.Query["format"].ToString().ToLowerInvariant();
        string ending = format.Length == 0 ? ".npz" : "." + format;
        string name = Plain(kept.Recording.Network) + "-" + kept.Id + ending;
        using MemoryStream file = new();
        if (ending == Page)
        {
            using StreamWriter writer = new(file, new UTF8Encoding(false), leaveOpen: true);
            RecordingReport.Of(kept.Recording, sessions.Settings.Program).Write(writer);
        }
        else if (RecordingFile.Endings.Contains(ending))
        {
            await Task.Run(() => RecordingFile.Write(name, kept.Recording, kept.Made, file)).ConfigureAwait(false);
        }
        else
        {
            throw ApiException.Bad($"'{Printable.Of(format)}' is no format of recordings", null,
                "formats are: " + string.Join(", ", RecordingFile.Endings.Append(Page).Select(e => e[1..])));
        }

        context.Response.ContentType = ending == Page ? "text/html; charset=utf-8" : "application/octet-stream";
        context.Response.ContentLength = file.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        file.Position = 0;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private Task RemoveAsync(HttpContext context)
    {
        sessions.Shelf.Remove(context.Part("recording"));
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static string Plain(string name)
    {
        string plain = new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        return plain.Trim('-') is { Length: > 0 } kept ? kept[..Math.Min(40, kept.Length)] : "recording";
    }
}
