// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>Certificates, keys and authorities, read from their files and ready for a connection.</summary>
internal sealed class TlsFiles
{
    /// <summary>What is spoken: nothing older.</summary>
    public const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private const int MostBytes = 1 << 20;

    private TlsFiles(X509Certificate2? own, X509Certificate2Collection? trusted, string? name)
    {
        (Own, Trusted, Name) = (own, trusted, name);
    }

    /// <summary>One's own certificate with its private key; null for none.</summary>
    public X509Certificate2? Own { get; }

    /// <summary>Authorities that are trusted; null for those of the machine.</summary>
    public X509Certificate2Collection? Trusted { get; }

    /// <summary>Name that the other's certificate is to be for; null for its address.</summary>
    public string? Name { get; }

    /// <summary>Reads the files.</summary>
    /// <returns>What they hold.</returns>
    /// <exception cref="DeviceException">A file cannot be read, holds something else, or its certificate is not valid today.</exception>
    public static TlsFiles Load(TlsPlan plan)
    {
        X509Certificate2? own = plan.Certificate is null ? null : Pair(plan.Certificate, plan.PrivateKey!);
        X509Certificate2Collection? trusted = null;
        if (plan.Authority is not null)
        {
            trusted = [];
            string pem = Text(plan.Authority);
            Try(plan.Authority, "certificates", () => trusted.ImportFromPem(pem));
            if (trusted.Count == 0)
            {
                throw Wrong(plan.Authority, "it holds no certificates", null);
            }
        }

        return new TlsFiles(own, trusted, plan.Name);
    }

    /// <summary>Judges a certificate that a client showed: it is to come from a trusted authority and to be valid today.</summary>
    /// <returns>Whether it does.</returns>
    public bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || Trusted is null)
        {
            return Trusted is null && errors == SslPolicyErrors.None;
        }

        using X509Certificate2 shown = new(certificate);
        using X509Chain own = new();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(Trusted);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return own.Build(shown);
    }

    private static X509Certificate2 Pair(string certificate, string key)
    {
        X509Certificate2? pair = null;
        Try(certificate, $"a certificate whose private key is in '{key}'",
            () => pair = X509Certificate2.CreateFromPem(Text(certificate), Text(key)));
        using X509Certificate2 read = pair!;
        DateTime now = DateTime.Now;
        if (now < read.NotBefore || now > read.NotAfter)
        {
            throw Wrong(certificate, FormattableString.Invariant(
                $"its certificate is valid from {read.NotBefore:yyyy-MM-dd} to {read.NotAfter:yyyy-MM-dd}"), null);
        }

        // Some systems take a private key only from a container.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    private static string Text(string path)
    {
        try
        {
            return InputFile.ReadText(path, MostBytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InputFileException)
        {
            throw Wrong(path, problem.Message, problem);
        }
    }

    private static void Try(string path, string what, Action read)
    {
        try
        {
            read();
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw Wrong(path, $"it does not hold {what}", problem);
        }
    }

    private static DeviceException Wrong(string path, string why, Exception? problem) =>
        new(DeviceErrorKind.KeyMissing, $"the file '{path}' cannot be used for TLS", why,
            "name the right files under `tls`; docs/guides/internet-administration.md makes some with openssl", problem);
}
