// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Api.Sessions;

/// <summary>The devices that are open.</summary>
internal sealed class SessionList(SessionSettings settings) : IAsyncDisposable
{
    /// <summary>Devices that may be open at a time.</summary>
    public const int Most = 16;

    private readonly Lock _gate = new();
    private readonly List<DeviceSession> _sessions = [];
    private int _numbers;

    public SessionSettings Settings => settings;

    public Shelf Shelf { get; } = new();

    public IReadOnlyList<DeviceSession> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _sessions];
            }
        }
    }

    /// <summary>Opens a device.</summary>
    public async Task<DeviceSession> OpenAsync(DeviceRequest request, CancellationToken cancellation)
    {
        if (request.Clock is not (null or "wall" or "free"))
        {
            throw ApiException.Bad($"'{request.Clock}' is no clock", null, "wall, or free");
        }

        string id;
        lock (_gate)
        {
            if (_sessions.Count >= Most)
            {
                throw ApiException.Conflict(FormattableString.Invariant($"{Most} devices are open, and no more can be"), null,
                    "close one that is not needed");
            }

            id = "d" + (++_numbers).ToString(CultureInfo.InvariantCulture);
        }

        DeviceSession session = await Task.Run(() => DeviceSession.OpenAsync(id, request, settings, Shelf, cancellation), cancellation)
            .ConfigureAwait(false);
        lock (_gate)
        {
            _sessions.Add(session);
        }

        return session;
    }

    /// <summary>Finds a device.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public DeviceSession Find(string id)
    {
        lock (_gate)
        {
            return _sessions.FirstOrDefault(s => string.Equals(s.Id, id, StringComparison.Ordinal))
                ?? throw ApiException.NotFound($"no device '{id}' is open",
                    _sessions.Count == 0 ? "open one: POST /api/v1/devices" : "open are: " + string.Join(", ", _sessions.Select(s =>
                        s.Id)));
        }
    }

    /// <summary>Closes a device.</summary>
    public async Task CloseAsync(string id)
    {
        DeviceSession session = Find(id);
        lock (_gate)
        {
            _sessions.Remove(session);
        }

        await session.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (DeviceSession session in All)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }
}
