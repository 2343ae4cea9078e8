// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Sites;

/// <summary>A part of a network that stays on one board.</summary>
internal sealed class Piece
{
    /// <summary>Gets or sets the board; −1 when it has none yet.</summary>
    public int Site { get; set; } = -1;

    /// <summary>Gets a value indicating whether the network file names its board.</summary>
    public bool Fixed { get; init; }

    /// <summary>Gets or sets the bytes that its neurons and the synapses onto them take, about.</summary>
    public double Work { get; set; }

    /// <summary>Gets or sets the number of its neurons.</summary>
    public int Neurons { get; set; }
}
