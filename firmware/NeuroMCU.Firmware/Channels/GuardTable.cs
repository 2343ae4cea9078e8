// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>Which event moves a channel from which state to which; docs/design/store-and-safe-state.md shows the same table.</summary>
    internal static class GuardTable
    {
        /// <summary>Stands where an event cannot come.</summary>
        internal const byte Never = 255;

        private const byte W = GuardState.Watched;
        private const byte Q = GuardState.Quiet;
        private const byte T = GuardState.Retried;
        private const byte R = GuardState.Released;
        private const byte E = GuardState.Emptied;
        private const byte O = GuardState.Off;
        private const byte N = Never;

        // A row per event, a column per state: watched, quiet, retried, released, emptied, off.
        private static readonly byte[] s_next = new byte[]
        {
            W, W, W, W, W, W, // Start
            W, W, W, W, W, O, // Spike
            N, W, N, N, N, O, // DrivenHarder
            R, N, N, N, N, N, // Overdue
            N, N, N, R, N, N, // StillConducts
            N, N, N, E, N, N, // ResetPressed
            N, N, N, T, T, N, // DrivenAgain
            N, N, N, W, W, N, // DrivenBelowOnset
            N, N, W, N, N, N, // RetrySpoiled
            N, N, Q, N, N, N, // SilenceAccepted
            O, O, O, O, O, O, // SwitchedOff
        };

        /// <summary>Looks up where an event leads.</summary>
        /// <param name="state">One of <see cref="GuardState" />.</param>
        /// <param name="guardEvent">One of <see cref="GuardEvent" />.</param>
        /// <returns>The state after it; <see cref="Never" /> where it cannot come.</returns>
        internal static int Lookup(int state, int guardEvent) => s_next[(guardEvent * GuardState.Count) + state];

        /// <summary>Gets the state after an event.</summary>
        /// <param name="state">One of <see cref="GuardState" />.</param>
        /// <param name="guardEvent">One of <see cref="GuardEvent" />.</param>
        /// <returns>One of <see cref="GuardState" />.</returns>
        /// <exception cref="InvalidOperationException">The event cannot come in this state. During a run that is fault 66: everything
        /// becomes safe.</exception>
        internal static int Next(int state, int guardEvent)
        {
            int next = s_next[(guardEvent * GuardState.Count) + state];
            if (next == Never)
            {
                throw new InvalidOperationException();
            }

            return next;
        }
    }
}
