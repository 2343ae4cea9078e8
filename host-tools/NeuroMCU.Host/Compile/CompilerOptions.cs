// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Host.Compile
{
    /// <summary>What the compiler can be told besides the network.</summary>
    public sealed record CompilerOptions
    {
        /// <summary>
        /// Managed heap in bytes that a network may take on an ESP32 without PSRAM: of the 111 KB that nanoFramework publishes (nf-interpreter
        /// PR 1597), firmware, wire and store keep the rest.
        /// </summary>
        public const int DefaultHeapLimit = 72 * 1024;

        /// <summary>Managed heap in bytes that the network may take, such as the board profile's limit.</summary>
        public int HeapLimit { get; init; } = DefaultHeapLimit;

        /// <summary>Encoder of the microphone front end; null refuses networks that listen.</summary>
        public IHearingFrontEnd? HearingFrontEnd { get; init; }
    }
}
