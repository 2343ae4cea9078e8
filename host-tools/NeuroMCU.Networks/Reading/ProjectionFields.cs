// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>The fields of one projection as they stand in the file.</summary>
/// <param name="Projection">The whole entry.</param>
/// <param name="Connect">Connector.</param>
/// <param name="Weight">Weights.</param>
/// <param name="Delay">Delays.</param>
/// <param name="Receptor">Receptor.</param>
/// <param name="Limit">Largest weight magnitude.</param>
/// <param name="Name">Name.</param>
/// <param name="AllowSelf">Whether neurons may connect to themselves.</param>
/// <param name="Learning">How it learns.</param>
/// <param name="On">Where its weights are kept.</param>
internal sealed record ProjectionFields(
    Field Projection, Field? Connect, Field? Weight, Field? Delay, Field? Receptor, Field? Limit, Field? Name, Field? AllowSelf,
        Field? Learning, Field? On);
