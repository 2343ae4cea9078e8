// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>What the guard does with a channel during a run. In the first three states it has the drive that the network asks for,
    /// in the others none.</summary>
    internal static class GuardState
    {
        /// <summary>Driven; silence for longer than its rate allows raises a suspicion.</summary>
        internal const int Watched = 0;

        /// <summary>Driven; its silence at this drive has been accepted.</summary>
        internal const int Quiet = 1;

        /// <summary>Driven again after a release, and has not fired since.</summary>
        internal const int Retried = 2;

        /// <summary>Not driven for a moment, so that a latched thyristor opens.</summary>
        internal const int Released = 3;

        /// <summary>Not driven and its reset pressed, because a current flowed even without drive.</summary>
        internal const int Emptied = 4;

        /// <summary>Not driven until the next run.</summary>
        internal const int Off = 5;

        /// <summary>Number of states.</summary>
        internal const int Count = 6;
    }
}
