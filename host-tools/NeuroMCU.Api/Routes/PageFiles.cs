// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;

namespace NeuroMCU.Api.Routes;

/// <summary>The page and its scripts, which lie in this assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    // Nothing from elsewhere is loaded or reached, and no other page may show this one inside itself.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Names of all files.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(PageFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n =>
            n[Prefix.Length..])];

    /// <summary>Answers with a file.</summary>
    public static async Task ServeAsync(HttpContext context)
    {
        string name = context.Request.Path.Value!.TrimStart('/');
        name = name.Length == 0 ? "index.html" : name;
        if (!Names.Contains(name))
        {
            throw ApiException.NotFound($"there is no page '{Printable.Of(name)}'", "the page is /, the API is /api/v1");
        }

        context.Response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The description of the API.</summary>
    public static async Task OpenApiAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.json")!;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
