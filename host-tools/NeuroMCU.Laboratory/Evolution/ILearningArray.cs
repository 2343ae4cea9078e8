// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>An array of nodes that is formed, at a low level, and learns a task through pulses.</summary>
public interface ILearningArray
{
    /// <summary>Gets rows and columns of the array.</summary>
    (int Rows, int Columns) Size { get; }

    /// <summary>Gets the nodes that a survey found stuck.</summary>
    IReadOnlySet<int> Stuck { get; }

    /// <summary>Gets the number of pulses of learning so far.</summary>
    int Pulses { get; }

    /// <summary>Reads all nodes.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Parts of full scale, row by row.</returns>
    Task<IReadOnlyList<double>> MapAsync(CancellationToken cancellation);

    /// <summary>Shows something.</summary>
    /// <param name="shown">What is shown.</param>
    /// <param name="teach">True to teach the right answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The answer before learning; −1 when there was nothing to see.</returns>
    Task<int> ShowAsync(Presentation shown, bool teach, CancellationToken cancellation);

    /// <summary>Takes the power off and gives it back: only what the nodes and the store keep is left.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When it is back.</returns>
    Task CyclePowerAsync(CancellationToken cancellation);
}
