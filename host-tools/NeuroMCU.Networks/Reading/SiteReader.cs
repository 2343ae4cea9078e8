// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads over which boards a network is spread.</summary>
internal static class SiteReader
{
    // A board hears of what another one did once in this time, so that it is what a run in step costs its requests for.
    private const int LeastWire = 100;
    private const int MostWire = 1000000;
    private const int MostSites = 64;

    /// <summary>Reads the sections <c>sites</c> and <c>wire</c>.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="sitesField">The boards, or null.</param>
    /// <param name="wireField">The wire, or null.</param>
    /// <returns>The boards; null when the file has neither section.</returns>
    public static NetworkSites? Read(ReadContext context, Field file, Field? sitesField, Field? wireField)
    {
        if (sitesField == null && wireField == null)
        {
            return null;
        }

        List<NetworkSite> sites = [];
        MapReader? map = sitesField == null ? null : MapReader.Open(context, sitesField, "a map of boards, such as {left: {}, right: {}}");
        foreach ((string name, Field key, Field value) in map?.Entries() ?? [])
        {
            Names.Check(context, key, name);
            MapReader? site = MapReader.Open(context, value, "a board: {} or {device: \"serial:/dev/ttyUSB0\"}");
            Field? device = site?.Take("device");
            site?.Finish();
            sites.Add(new NetworkSite(name, device == null ? null : Scalars.Text(context, device, "the address of a device"),
                context.LocationOf(key)));
        }

        if (map != null && sites.Count is 0 or > MostSites)
        {
            context.Error(sitesField!, "names " + (sites.Count == 0 ? "no board" : $"{sites.Count} boards"),
                $"name 1 to {MostSites}, such as {{left: {{}}, right: {{}}}}");
        }

        foreach (NetworkSite twice in sites.Where(s => s.Device != null).GroupBy(s => s.Device, StringComparer.Ordinal)
            .Where(g => g.Count() > 1).Select(g => g.Last()))
        {
            context.Error(twice.Location, $"is on the device `{twice.Device}`, as another site is", "give each site a device of its own");
        }

        NetworkSites all = new() { Sites = sites, Location = context.LocationOf(wireField ?? sitesField ?? file) };
        return wireField == null ? all : ReadWire(context, wireField, all);
    }

    /// <summary>Checks the sites that populations name.</summary>
    public static void Check(ReadContext context, NetworkSites? sites, IReadOnlyList<Population> populations)
    {
        string[] names = [.. sites?.Sites.Select(s => s.Name) ?? []];
        foreach (Population population in populations.Where(p => p.Site != null && !names.Contains(p.Site, StringComparer.Ordinal)))
        {
            context.Error(
                population.SiteLocation!,
                $"is `{population.Site}`, which is no site of this file",
                names.Length == 0 ? $"add `sites: {{{population.Site}: {{}}}}`"
                    : Suggestion.Hint(population.Site, names) ?? "sites: " + string.Join(", ", names),
                DiagnosticKind.Name);
        }
    }

    private static NetworkSites ReadWire(ReadContext context, Field field, NetworkSites sites)
    {
        MapReader? map = MapReader.Open(context, field, "a map such as {delay: 5 ms, short: refuse}");
        if (map == null)
        {
            return sites;
        }

        Field? delayField = map.Take("delay");
        Field? shortField = map.Take("short");
        map.Finish();
        int? delay = delayField == null ? null : Scalars.Microseconds(context, delayField, LeastWire, MostWire);
        string? shorter = shortField == null ? null : Scalars.Choice(context, shortField, "refuse", "lengthen");
        return sites with
        {
            Wire = delay ?? NetworkSites.DefaultWire,
            Lengthens = string.Equals(shorter, "lengthen", StringComparison.Ordinal),
        };
    }
}
