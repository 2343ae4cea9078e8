// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NeuroMCU.Files.Diagnostics;

namespace NeuroMCU.Api.Tests;

public sealed class AccessTests
{
    [Theory]
    [InlineData("Host", "evil.example", 421, "other_host")]
    [InlineData("Host", "localhost.evil.example:80", 421, "other_host")]
    [InlineData("Origin", "http://evil.example", 403, "other_origin")]
    [InlineData("Origin", "null", 403, "other_origin")]
    [InlineData("Sec-Fetch-Site", "cross-site", 403, "other_origin")]
    public async Task Pages_of_other_origins_get_nothing(string header, string value, int status, string error)
    {
        await using Server server = await Server.StartAsync();

        foreach (string path in new[] { "devices", "../../", "../../main.js", "../../nothing" })
        {
            JsonElement refused = await server.AskAsync(HttpMethod.Get, path, null, status, (header, value));
            Assert.Equal(error, refused.GetProperty("error").GetString());
        }
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_listen()
    {
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => server.ListenAsync(device, ("Origin", "http://evil.example")));
    }

    [Fact]
    public async Task Its_own_page_may_do_everything()
    {
        await using Server server = await Server.StartAsync();
        string origin = server.Api.Url.GetLeftPart(UriPartial.Authority);

        await server.AskAsync(HttpMethod.Post, "devices", new { clock = "free" }, 201, ("Origin", origin), ("Sec-Fetch-Site",
            "same-origin"));
    }

    [Fact]
    public async Task A_server_that_only_shows_refuses_every_change()
    {
        await using Server server = await Server.StartAsync(o => o with { ReadOnly = true });

        foreach (Routes.ApiRoute route in server.Api.Routes.Where(r => r.Method != "GET" && r.Pattern != "/networks/check"))
        {
            JsonElement refused = await server.AskAsync(new HttpMethod(route.Method), route.Pattern.TrimStart('/').Replace("{", "",
                StringComparison.Ordinal)
                .Replace("}", "", StringComparison.Ordinal), new { }, 403);
            Assert.Equal("read_only", refused.GetProperty("error").GetString());
        }

        await server.GetAsync("devices");
    }

    [Fact]
    public async Task Beyond_loopback_it_takes_a_key_and_a_certificate()
    {
        DeviceException refused = await Assert.ThrowsAsync<DeviceException>(() =>
            ApiServer.StartAsync(new ApiOptions { Address = IPAddress.Any, Port = 0 }));

        Assert.Contains("--certificate", refused.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_asked_for_by_the_api_and_not_by_the_page()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        await using Server server = await Server.StartAsync(o => o with { Key = key });

        JsonElement missing = await server.GetAsync("devices", 401);
        JsonElement wrong = await server.AskAsync(HttpMethod.Get, "devices", null, 401, ("Authorization", "Bearer " + new string('0', 64)));
        await server.AskAsync(HttpMethod.Get, "devices", null, 200, ("Authorization", "Bearer " + Convert.ToHexString(key)));
        using HttpResponseMessage page = await server.SendAsync(HttpMethod.Get, "../../");

        Assert.Equal("key", missing.GetProperty("error").GetString());
        Assert.Contains("wrong", wrong.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.True(page.IsSuccessStatusCode);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_tls()
    {
        using RSA rsa = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1));
        await using Server server = await Server.StartAsync(o => o with { Certificate = made });
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(made);
        using SocketsHttpHandler handler = new() { SslOptions = { CertificateChainPolicy = trust } };
        using HttpClient client = new(handler);

        Assert.Equal("https", server.Api.Url.Scheme);
        Assert.Contains("neuromcu.api/1", await client.GetStringAsync(new Uri(server.Api.Url, "api/v1")), StringComparison.Ordinal);
    }
}
