// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>
/// Reads stereo WAV files: PCM of up to 64 bits in containers of whole bytes, floating point of 32 or 64 bits, with the plain or the
/// extensible format chunk, in RIFF, RF64 and BW64 files, and those of writers that never came back to fill in a size or forgot a pad byte.
/// </summary>
/// <remarks>
/// Microsoft Multimedia Programming Interface 1.0 (RIFF); KSDATAFORMAT_SUBTYPE_PCM and _IEEE_FLOAT for WAVE_FORMAT_EXTENSIBLE; EBU Tech
/// 3306 (RF64), ITU-R BS.2088 (BW64).
/// </remarks>
public static class WavReader
{
    /// <summary>What makes any recording readable.</summary>
    internal const string Convert = "convert it with 'ffmpeg -i IN -c:a pcm_s16le OUT.wav'";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The sound.</returns>
    /// <exception cref="WavException">The file cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static StereoSound Read(string path) => Read(File.ReadAllBytes(path), path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="name">Name for messages.</param>
    /// <returns>The sound.</returns>
    /// <exception cref="WavException">The bytes cannot be used.</exception>
    public static StereoSound Read(ReadOnlySpan<byte> data, string name) => Read(data, name, acceptMono: false);

    /// <summary>Reads a dry sound that is to be rendered: one channel serves as both.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The sound; both channels are the same where the file has one.</returns>
    /// <exception cref="WavException">The file cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static StereoSound ReadMonoOrStereo(string path) => Read(File.ReadAllBytes(path), path, acceptMono: true);

    private static StereoSound Read(ReadOnlySpan<byte> data, string name, bool acceptMono)
    {
        if (data.Length == 0)
        {
            throw new WavException(WavProblem.Empty, $"{name}: the file is empty; record or export it again");
        }

        List<string> notes = [];
        WavParts parts = WavParts.Find(data, name, notes);
        WavFormat format = WavFormat.Read(data.Slice(parts.Format, parts.FormatLength), name, acceptMono, notes);
        return WavSamples.Read(data.Slice(parts.Samples, parts.SamplesLength), format, name, notes);
    }
}
