// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using Prometheus;

namespace NeuroMCU.Internet.Service;

/// <summary>What a service shows of itself.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Where health and metrics are served; null for nowhere.</summary>
    public required IPEndPoint? Place { get; init; }

    /// <summary>How the service is now; called from any thread.</summary>
    public required Func<ServiceHealth> Health { get; init; }

    /// <summary>Its metrics.</summary>
    public required CollectorRegistry Registry { get; init; }
}
