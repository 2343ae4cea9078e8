// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualDevice.Microphones;

/// <summary>A program that writes what this machine's sound input hears to its standard output: 16 bits, two channels, no header.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Package">Debian's package that has it.</param>
/// <param name="Arguments">How it is called; <c>RATE</c> stands for the rate in Hz.</param>
public sealed record SoundRecorder(string Program, string Package, IReadOnlyList<string> Arguments)
{
    /// <summary>Gets the programs that are looked for, in this order.</summary>
    public static IReadOnlyList<SoundRecorder> All { get; } =
    [
        new("parec", "pulseaudio-utils", ["--raw", "--format=s16le", "--rate=RATE", "--channels=2", "--latency-msec=20"]),
        new("pw-record", "pipewire-bin", ["--format=s16", "--rate=RATE", "--channels=2", "-"]),
        new("arecord", "alsa-utils", ["-q", "-t", "raw", "-f", "S16_LE", "-r", "RATE", "-c", "2", "-"]),
        new("ffmpeg", "ffmpeg", ["-nostdin", "-loglevel", "error", "-f", "alsa", "-i", "default", "-f", "s16le", "-ar", "RATE", "-ac", "2", "-"]),
    ];

    /// <summary>Finds the first that is on this machine.</summary>
    /// <param name="path">Folders to look in, as in the variable PATH.</param>
    /// <returns>The recorder and the path of its program; null when there is none.</returns>
    public static (SoundRecorder Recorder, string Path)? Find(string path)
    {
        foreach (SoundRecorder recorder in All)
        {
            foreach (string folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                string program = Path.Combine(folder, recorder.Program);
                if (File.Exists(program))
                {
                    return (recorder, program);
                }
            }
        }

        return null;
    }

    /// <summary>The arguments of a call.</summary>
    /// <param name="rate">Rate in Hz.</param>
    public IEnumerable<string> Call(int rate) =>
        Arguments.Select(a => a.Replace("RATE", rate.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
