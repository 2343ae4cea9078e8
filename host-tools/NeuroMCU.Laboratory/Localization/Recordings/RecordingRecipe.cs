// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Laboratory.Localization.Recordings;

/// <summary>How one recording of a set is made.</summary>
/// <param name="Sound">Name of the sound.</param>
/// <param name="Class">Class that results are summed up by: click, noise, speech or natural.</param>
/// <param name="Source">Path of the dry sound.</param>
/// <param name="Azimuth">Direction in degrees: 0 ahead, positive to the right.</param>
/// <param name="Condition">Name of the condition.</param>
/// <param name="SignalToNoise">Signal to noise in dB, or null without noise.</param>
public sealed record RecordingRecipe(string Sound, string Class, string Source, double Azimuth, string Condition, double? SignalToNoise)
{
    /// <summary>Gets the file name, such as <c>click_clean_+30.wav</c>.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture,
        $"{Sound}_{Condition}_{(Azimuth < 0 ? "-" : "+")}{System.Math.Abs(Azimuth):00}.wav");

    /// <summary>Gets the seed of the noise: the same file gets the same noise wherever it is made.</summary>
    public int Seed
    {
        get
        {
            uint hash = 2166136261;
            foreach (char letter in FileName)
            {
                hash = (hash ^ letter) * 16777619;
            }

            return (int)(hash & int.MaxValue);
        }
    }
}
