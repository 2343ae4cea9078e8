// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>What moves a channel from one <see cref="GuardState" /> to another.</summary>
    internal static class GuardEvent
    {
        /// <summary>A run starts.</summary>
        internal const int Start = 0;

        /// <summary>Its spike input saw a spike.</summary>
        internal const int Spike = 1;

        /// <summary>It is driven harder than where its silence was accepted.</summary>
        internal const int DrivenHarder = 2;

        /// <summary>Its expected spike is overdue, and nothing names the cause yet.</summary>
        internal const int Overdue = 3;

        /// <summary>The release is over and a current still flows.</summary>
        internal const int StillConducts = 4;

        /// <summary>The same after all waits: its reset is pressed.</summary>
        internal const int ResetPressed = 5;

        /// <summary>The release is over: it is driven again.</summary>
        internal const int DrivenAgain = 6;

        /// <summary>The release is over, and meanwhile its drive fell to where it has to be silent.</summary>
        internal const int DrivenBelowOnset = 7;

        /// <summary>The retry says nothing: a reset that was pressed for another channel, or a drive that fell, spoiled it.</summary>
        internal const int RetrySpoiled = 8;

        /// <summary>It stayed silent where a sound neuron may.</summary>
        internal const int SilenceAccepted = 9;

        /// <summary>A fault was found that leaves it of no use, or a danger.</summary>
        internal const int SwitchedOff = 10;

        /// <summary>Number of events.</summary>
        internal const int Count = 11;
    }
}
