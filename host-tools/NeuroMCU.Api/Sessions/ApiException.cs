// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Api.Sessions;

/// <summary>A request that cannot be served: what, why, and what to do next.</summary>
internal sealed class ApiException(int status, string error, string what, string? why = null, string? next = null, Exception? inner = null)
    : ExplainedException(what, why, next, inner)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Name of the error for programs.</summary>
    public string Error { get; } = error;

    /// <summary>Something that is not there.</summary>
    public static ApiException NotFound(string what, string? next = null) => new(404, "not_found", what, null, next);

    /// <summary>A request that says what cannot be.</summary>
    public static ApiException Bad(string what, string? why = null, string? next = null) => new(400, "bad_request", what, why, next);

    /// <summary>A request that does not fit what the device is doing.</summary>
    public static ApiException Conflict(string what, string? why = null, string? next = null) => new(409, "conflict", what, why, next);
}
