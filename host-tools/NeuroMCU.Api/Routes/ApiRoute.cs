// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Microsoft.AspNetCore.Http;

namespace NeuroMCU.Api.Routes;

/// <summary>One thing that can be asked for.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Path below /api/v1, with the variable parts in braces.</param>
/// <param name="Serve">What answers.</param>
/// <param name="Changes">Whether it changes anything, which a server that only shows refuses.</param>
internal sealed record ApiRoute(string Method, string Pattern, RequestDelegate Serve, bool Changes);
