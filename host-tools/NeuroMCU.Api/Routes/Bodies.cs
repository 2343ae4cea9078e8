// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Json;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Api.Routes;

/// <summary>Reads requests and writes answers.</summary>
internal static class Bodies
{
    /// <summary>Largest document in bytes.</summary>
    public const int MostDocumentBytes = 16 << 20;

    /// <summary>Largest sound in bytes.</summary>
    public const int MostSoundBytes = 64 << 20;

    /// <summary>Part of the path.</summary>
    public static string Part(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>Reads the JSON body of a request.</summary>
    /// <exception cref="ApiException">It is none, or has members that nobody knows.</exception>
    public static async Task<T> ReadAsync<T>(this HttpContext context)
        where T : class
    {
        byte[] body = await context.BytesAsync(MostDocumentBytes).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Length == 0 ? "{}"u8 : body, ApiJson.Options)
                ?? throw ApiException.Bad("the body is null", null, "send a JSON object");
        }
        catch (JsonException problem)
        {
            throw new ApiException(400, "bad_request", "the body cannot be read: " + problem.Message.Split(" Path:")[0],
                problem.Path is null or "$" ? null : "at " + problem.Path, "docs/reference/api.md has the members of each request",
                    problem);
        }
    }

    /// <summary>Reads the bytes of a request.</summary>
    /// <exception cref="ApiException">There are too many.</exception>
    public static async Task<byte[]> BytesAsync(this HttpContext context, int most)
    {
        using MemoryStream body = new();
        byte[] buffer = new byte[65536];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, count);
            if (body.Length > most)
            {
                throw new ApiException(413, "too_large", FormattableString.Invariant($"the body is longer than {most >> 20} MB"));
            }
        }

        return body.ToArray();
    }

    /// <summary>Answers with a JSON document.</summary>
    public static Task AnswerAsync(this HttpContext context, object document, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, document, ApiJson.Options, context.RequestAborted);
    }

    /// <summary>Reads a time: a number of seconds, or a text such as <c>"200 ms"</c>.</summary>
    /// <returns>The time in µs; null when there is none.</returns>
    /// <exception cref="ApiException">It is no time, or below 0.</exception>
    public static long? Microseconds(JsonElement? value, string name)
    {
        if (value is not { ValueKind: not JsonValueKind.Null } given)
        {
            return null;
        }

        double micros = given.ValueKind switch
        {
            JsonValueKind.Number => given.GetDouble() * 1e6,
            JsonValueKind.String => OfText(given.GetString()!, name),
            _ => throw ApiException.Bad($"'{name}' is no time", null, "write seconds as a number, or a text such as \"200 ms\""),
        };
        return micros is >= 0 and < 1e15 ? (long)Math.Round(micros, MidpointRounding.AwayFromZero)
            : throw ApiException.Bad($"'{name}' is out of range", null, "a time of 0 or more");
    }

    /// <summary>What a client calls itself.</summary>
    public static string ClientName(this HttpContext context)
    {
        string name = context.Request.Query["client"].ToString();
        if (name.Length == 0)
        {
            name = context.Request.Headers["X-Client"].ToString();
        }

        name = Printable.Of(name.Length > 60 ? name[..60] : name);
        return name.Length > 0 ? name
            : $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort.ToString(CultureInfo.InvariantCulture)}";
    }

    private static double OfText(string text, string name)
    {
        if (Quantity.TrySplit(text, out double number, out string symbol) && Unit.Find(symbol) is { Dimension: Dimension.Time } unit)
        {
            double micros = new Quantity(number, unit).Value;
            return Quantity.IsWhole(micros) ? micros : throw ApiException.Bad(
                $"'{name}' is '{Printable.Of(text)}'", "the device counts whole microseconds",
                FormattableString.Invariant($"write a whole number of them: \"{Math.Round(micros)} us\""));
        }

        throw ApiException.Bad($"'{name}' is '{Printable.Of(text)}', which is no time", null, "write it with its unit, such as \"200 ms\"");
    }
}
