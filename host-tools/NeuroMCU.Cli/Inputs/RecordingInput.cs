// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Reads the recording that a verb plays to the microphones, and says what is odd about it.</summary>
internal static class RecordingInput
{
    /// <summary>Puts the files of patterns, such as <c>*.wav</c>, in their place; shells that do not do it themselves leave that to the
    /// program.</summary>
    /// <param name="paths">Files and patterns with <c>*</c>, <c>?</c> and <c>[1-3]</c> in the name; a file of that very name comes
    /// before a pattern.</param>
    /// <returns>The files; a pattern without any stays, and is not found.</returns>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths) => [.. paths.SelectMany(path =>
    {
        string name = Path.GetFileName(path);
        string folder = path[..^name.Length];
        if (File.Exists(path) || name.AsSpan().IndexOfAny('*', '?', '[') < 0 || !Directory.Exists(folder.Length == 0 ? "." : folder))
        {
            return (string[])[path];
        }

        string pattern = Regex.Replace(Regex.Escape(name), @"\\\*|\\\?|\\\[(?<set>[^\]]+)\]", m => m.Value == @"\*" ? ".*"
            : m.Value == @"\?" ? "." : $"[{m.Groups["set"].Value}]");
        Regex matches = new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        string[] found = [.. Directory.GetFiles(folder.Length == 0 ? "." : folder).Select(f => Path.GetFileName(f))
            .Where(f => matches.IsMatch(f)).Order(StringComparer.Ordinal).Select(f => folder + f)];
        return found.Length == 0 ? [path] : found;
    })];

    /// <summary>Reads a recording.</summary>
    /// <returns>The recording.</returns>
    public static StereoSound Read(VerbContext context, string path, out IReadOnlyList<string> findings)
    {
        if (Directory.Exists(path))
        {
            throw new InputFileException(path, "is a folder", $"name its recordings, such as \"{Path.Combine(path, "*.wav")}\"");
        }

        StereoSound sound = path == "-"
            ? WavReader.Read(context.ReadInput(InputFile.MostSoundBytes), "standard input")
            : WavReader.Read(context.Read(path, InputFile.MostSoundBytes));
        findings = RecordingFindings.Of(sound);
        foreach (string finding in findings)
        {
            context.Say($"note: {path}: {finding}");
        }

        return sound;
    }
}
