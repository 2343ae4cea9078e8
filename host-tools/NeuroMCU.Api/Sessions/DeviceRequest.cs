// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Api.Sessions;

/// <summary>Which device to open.</summary>
/// <param name="Address">Address as on the command line; null for the virtual bench.</param>
/// <param name="Board">Board of the virtual bench; null for the one that a network names.</param>
/// <param name="BoardSeed">Specimen of the board; null for nominal parts.</param>
/// <param name="Faults">Faults of the board.</param>
/// <param name="Clock"><c>wall</c>: a virtual device lives in real time; <c>free</c>: it runs as fast as this machine allows, and only
/// while a run or a request waits for it. Null for <c>wall</c>.</param>
internal sealed record DeviceRequest(string? Address = null, string? Board = null, long? BoardSeed = null,
    IReadOnlyList<string>? Faults = null,
    string? Clock = null);

/// <summary>How to run.</summary>
/// <param name="Duration">How long in µs of network time; 0 until it is stopped.</param>
/// <param name="RealTime">Whether network time follows the device's clock.</param>
internal sealed record RunRequest(long Duration, bool RealTime);
