// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;

namespace NeuroMCU.Api.Access;

/// <summary>
/// Who may do what. On loopback no key is asked for, but the request has to name this server as its host and come from no page of another
/// origin: else any page on the internet could reach it through the user's browser. From elsewhere it takes the key, over TLS.
/// </summary>
internal sealed class AccessRules
{
    /// <summary>What a WebSocket's protocol begins with that carries the key, which a page's script cannot put into a header.</summary>
    public const string KeyProtocol = "neuromcu.key.";

    private readonly byte[]? _key;
    private readonly bool _readOnly;
    private readonly HashSet<string> _hosts;

    public AccessRules(byte[]? key, bool readOnly, IEnumerable<string> hosts)
    {
        _key = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(key)));
        _readOnly = readOnly;
        _hosts = new HashSet<string>(hosts, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Refuses a request that is not allowed.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public void Check(HttpRequest request, bool changes)
    {
        CheckHost(request);
        CheckOrigin(request);
        CheckKey(request);
        if (_readOnly && changes)
        {
            throw new ApiException(403, "read_only", "this server shows and changes nothing", "it was started with --read-only",
                "start it without --read-only on the teacher's machine");
        }
    }

    private void CheckHost(HttpRequest request)
    {
        string host = request.Host.Host.Trim('[', ']');
        if (!_hosts.Contains(host))
        {
            throw new ApiException(421, "other_host", $"'{Printable.Of(request.Host.Value ?? string.Empty)}' is not this server",
                "a page elsewhere can point its own name at this machine", "use " + string.Join(" or ", _hosts));
        }
    }

    private static void CheckOrigin(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        string origin = request.Headers.Origin.ToString();
        bool own = origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}",
            StringComparison.OrdinalIgnoreCase);
        bool cross = site is "cross-site" or "same-site";

        // Following a link to the page itself is no request of the other page.
        bool navigation = request.Headers["Sec-Fetch-Mode"] == "navigate" && HttpMethods.IsGet(request.Method);
        if (!own || (cross && !navigation))
        {
            throw new ApiException(403, "other_origin",
                $"the page {Printable.Of(origin.Length == 0 ? "of another site" : origin)} may not use this server",
                "it is for its own page and for programs on this machine", "open the page that 'neuromcu live' names");
        }
    }

    private void CheckKey(HttpRequest request)
    {
        if (_key is null)
        {
            return;
        }

        // The page without its data is open: it asks for the key and sends it along.
        if (HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return;
        }

        string given = request.Headers.Authorization.ToString();
        given = given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? given["Bearer ".Length..].Trim() : string.Empty;
        if (given.Length == 0)
        {
            string? protocol = request.HttpContext.WebSockets.WebSocketRequestedProtocols
                .FirstOrDefault(p => p.StartsWith(KeyProtocol, StringComparison.Ordinal));
            given = protocol is null ? string.Empty : protocol[KeyProtocol.Length..];
        }

        if (given.Length == 0 || !CryptographicOperations.FixedTimeEquals(_key,
            SHA256.HashData(Encoding.UTF8.GetBytes(given.ToLowerInvariant()))))
        {
            throw new ApiException((int)HttpStatusCode.Unauthorized, "key", given.Length == 0 ? "the key is missing" : "the key is wrong",
                "this server listens beyond this machine",
                "send the header 'Authorization: Bearer KEY', with the key of the file that --key-file names there");
        }
    }
}
