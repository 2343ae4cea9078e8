// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Keys;
using NeuroMCU.Internet.Mqtt;

namespace NeuroMCU.Internet.Hub;

/// <summary>Keys of the sites of a hub. What is wrong with one is said with the place in the hub's file that names it.</summary>
internal static class SiteKeys
{
    /// <summary>Finds the key of a site, and makes one when there is none.</summary>
    /// <returns>The key, and the file that was made; null when it was there.</returns>
    /// <exception cref="DeviceException">It cannot be used, or not be written.</exception>
    public static (byte[] Key, string? Created) FindOrCreate(SitePlan site)
    {
        try
        {
            return KeyStore.FindOrCreate(site.KeyFile);
        }
        catch (DeviceException problem)
        {
            string at = site.KeyAt is { } place
                ? FormattableString.Invariant($"{place.File}:{place.Line}:{place.Column}: {place.Path}: ") : string.Empty;
            throw new DeviceException(problem.Kind, at + problem.Message, problem.Why, KeyFiles.HintFor(problem, site.KeyFile!,
                $"name the file with the key of {site.Name}, or one that is not there: the hub makes it"),
                problem);
        }
    }

    /// <summary>Reads all files of a hub that hold keys and certificates, as far as they are there, and writes none.</summary>
    /// <exception cref="DeviceException">One cannot be used.</exception>
    public static void Check(HubPlan plan)
    {
        foreach (SitePlan site in plan.Sites.Where(s => File.Exists(s.KeyFile)))
        {
            FindOrCreate(site);
        }

        if (plan.MqttTls is { } tls)
        {
            TlsFiles.Load(tls);
        }
    }
}
