// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Packets;

/// <summary>
/// Makes absolute ticks of the stamps of the historical partners. Those of the first partner are increments since its previous packet;
/// those of the second one count from the last spike among the neuron's presynaptic sources, or from its own last one where no source
/// has fired yet.
/// </summary>
internal sealed class HistoricalClock(Func<int, IReadOnlyCollection<int>> sourcesOf)
{
    /// <summary>Ticks after which the original hub began again at 0.</summary>
    public const long Wrap = 1_000_000_000_000;

    private readonly Dictionary<int, long> _last = [];
    private long _first;

    /// <summary>The low 24 bits of an absolute time, as the hub sends it.</summary>
    /// <param name="ticks">Absolute ticks, 0 or more.</param>
    /// <returns>The stamp.</returns>
    public static int Stamp(long ticks) => (int)(ticks % Wrap & HistoricalPacket.Mask);

    /// <summary>The absolute time of a packet. Each packet is to be asked for once, in the order of arrival.</summary>
    /// <returns>Ticks since the first partner began to count; they go on where the original's began again at 0.</returns>
    public long Absolute(HistoricalPacket packet)
    {
        long ticks = packet.Type == HistoricalPacket.FirstPartner ? _first += packet.Stamp : Base(packet.Neuron) + packet.Stamp;
        _last[packet.Neuron] = ticks;
        return ticks;
    }

    /// <summary>Sets where the first partner's clock stands, when others have begun before it.</summary>
    public void BeginFirst(long ticks) => _first = ticks;

    /// <summary>Notes a spike that came over another transport, so that stamps of the second partner can count from it.</summary>
    public void Note(int neuron, long ticks) => _last[neuron] = ticks;

    private long Base(int neuron)
    {
        long? latest = null;
        foreach (int source in sourcesOf(neuron))
        {
            if (_last.TryGetValue(source, out long ticks) && !(latest > ticks))
            {
                latest = ticks;
            }
        }

        return latest ?? _last.GetValueOrDefault(neuron);
    }
}
