// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Host.Boards;

namespace NeuroMCU.Host.Compile
{
    /// <summary>What the compiler can be told besides the network.</summary>
    public sealed record CompilerOptions
    {
        /// <summary>
        /// Board whose limits the network must keep; null takes the board that the file names, or the one that the virtual bench stands for.
        /// </summary>
        public BoardDescription? Board { get; init; }

        /// <summary>Managed heap in bytes that the network may take; null takes the board's limit.</summary>
        public int? HeapLimit { get; init; }

        /// <summary>Encoder of the microphone front end.</summary>
        public IHearingFrontEnd HearingFrontEnd { get; init; } = new HearingEncoder();
    }
}
