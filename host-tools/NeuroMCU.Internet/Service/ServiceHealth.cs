// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NeuroMCU.Internet.Service;

/// <summary>How a hub or a site is.</summary>
/// <param name="Status">Healthy; degraded, where something is missing that may come back; or unhealthy.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Parts">State of each part, such as a site, by name.</param>
internal sealed record ServiceHealth(HealthStatus Status, string Words, IReadOnlyDictionary<string, object> Parts);
