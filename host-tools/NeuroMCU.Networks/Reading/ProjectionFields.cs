// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>The fields of one projection as they stand in the file.</summary>
internal sealed record ProjectionFields(
    Field Projection, Field? Connect, Field? Weight, Field? Delay, Field? Receptor, Field? Limit, Field? Name, Field? AllowSelf);
