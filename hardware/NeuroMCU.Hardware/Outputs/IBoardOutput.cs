// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>
    /// One output of the board, whatever it is made of: a servo, a converter, a lamp. Levels run from 0 (low end of the range in the board
    /// profile) to <see cref="OutputLevel.Full" /> (high end) and are held within these limits.
    /// </summary>
    /// <remarks>
    /// Opening puts the output at its safe level before anything else. A peripheral that fails throws what the platform throws; the caller
    /// then makes every output safe. <see cref="MakeSafe" /> may be called at any time, also when another call has failed.
    /// </remarks>
    public interface IBoardOutput
    {
        /// <summary>Gets the level that was written last, 0 to <see cref="OutputLevel.Full" />.</summary>
        int Level { get; }

        /// <summary>Sets the level; a level beyond the limits is set to the nearer limit. The same level twice costs nothing.</summary>
        /// <param name="level">0 to <see cref="OutputLevel.Full" />.</param>
        void Write(int level);

        /// <summary>Goes to the safe level of the board profile.</summary>
        void MakeSafe();

        /// <summary>Goes to the safe level and gives the pins back.</summary>
        void Close();
    }
}
