// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Firmware.Log
{
    /// <summary>Says on the console why an answer is unsure.</summary>
    internal static class DoubtText
    {
        /// <summary>Words for a doubt.</summary>
        /// <param name="doubt">One of <see cref="Doubt" />.</param>
        /// <returns>The words in brackets, after a space; empty when there are just too few spikes.</returns>
        internal static string Of(int doubt)
        {
            switch (doubt)
            {
                case Doubt.LeftEar:
                    return " (left ear deaf)";
                case Doubt.RightEar:
                    return " (right ear deaf)";
                case Doubt.SecondDirection:
                    return " (two directions)";
                case Doubt.Spread:
                    return " (moves or echoes)";
                case Doubt.FewBands:
                    return " (a tone)";
                case Doubt.OtherHead:
                    return " (level and delay disagree)";
                case Doubt.Step:
                    return " (offset jumped)";
                default:
                    return string.Empty;
            }
        }
    }
}
