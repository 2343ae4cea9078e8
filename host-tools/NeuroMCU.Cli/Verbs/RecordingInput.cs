// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;
using NeuroMCU.Host.Disks;
using NeuroMCU.Host.Localization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Verbs
{
    /// <summary>Reads the recording that a verb plays to the microphones, and says what is odd about it.</summary>
    internal static class RecordingInput
    {
        /// <summary>Reads a recording.</summary>
        /// <param name="context">Where findings are said.</param>
        /// <param name="path">The WAV file.</param>
        /// <param name="findings">What was found, a sentence each.</param>
        /// <returns>The recording.</returns>
        public static StereoSound Read(VerbContext context, string path, out IReadOnlyList<string> findings)
        {
            StereoSound sound = WavReader.Read(context.Read(path, InputFile.MostSoundBytes));
            findings = RecordingFindings.Of(sound);
            foreach (string finding in findings)
            {
                context.Say($"note: {path}: {finding}");
            }

            return sound;
        }
    }
}
