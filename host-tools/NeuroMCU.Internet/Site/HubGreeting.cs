// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Site;

/// <summary>What a site does before it begins: waits for its hub, and for the other sites.</summary>
internal static class HubGreeting
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until the clocks are compared, and until all sites are there where the site's file asks for that.</summary>
    /// <returns>When the site may begin.</returns>
    /// <exception cref="DeviceException">No hub answers for 20 s.</exception>
    public static async Task WaitAsync(HubLink link, SiteRunPlan plan, Action<string> say, CancellationToken cancellation)
    {
        long begin = link.Clock.Now;
        while (!link.IsSynchronised)
        {
            if (link.Clock.Now - begin > s_patience.TotalMicroseconds)
            {
                throw link.IsOccupied ? new DeviceException(
                    DeviceErrorKind.PortBusy,
                    $"another program is site {plan.Name} at {plan.Hub}",
                    "it has the same key, and the hub lets in one program for a site",
                    "end it (the hub names its address), or give this site a name and a key of its own") : new DeviceException(
                    DeviceErrorKind.NoAnswer,
                    $"no hub answers at {plan.Hub}",
                    link.Trouble is { } why ? $"{plan.Hub} says: {why}"
                        : $"it does not run, or site {plan.Name} has another key there than {plan.KeyFile}: to a wrong key a hub says "
                        + "nothing",
                    "start it: neuromcu hub HUB.yaml; it names greetings with a wrong key as forged"
                    + (link.Trouble is null ? string.Empty : "; or correct `hub` and `tls` in " + plan.File));
            }

            await Task.Delay(5, cancellation).ConfigureAwait(false);
        }

        if (plan.WaitForAll && link.Policy is not { Complete: true })
        {
            say("waiting until all sites are there");
            while (link.Policy is not { Complete: true })
            {
                await Task.Delay(5, cancellation).ConfigureAwait(false);
            }
        }
    }
}
