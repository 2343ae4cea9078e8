// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Site;

/// <summary>Figures of a link at one moment.</summary>
/// <param name="Joined">Whether the hub answers.</param>
/// <param name="Sent">Spikes that were sent.</param>
/// <param name="Unsent">Spikes that could not be sent.</param>
/// <param name="Arrived">Arrivals that came.</param>
/// <param name="Lost">Arrivals that were sent and did not come.</param>
/// <param name="Broken">Sessions that broke.</param>
/// <param name="RoundTrip">Shortest round trip in µs.</param>
internal sealed record LinkFigures(bool Joined, long Sent, long Unsent, long Arrived, long Lost, int Broken, double RoundTrip);
