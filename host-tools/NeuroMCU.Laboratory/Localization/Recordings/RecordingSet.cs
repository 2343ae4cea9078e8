// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace NeuroMCU.Laboratory.Localization.Recordings;

/// <summary>
/// A set of recordings to render: sounds, directions and noise. Read from a YAML file with the lists <c>sounds</c>
/// (<c>name</c>, <c>class</c>, <c>file</c>), <c>azimuths</c> in degrees, and <c>conditions</c> (<c>name</c>,
/// <c>signal_to_noise</c> in dB or nothing, <c>sounds</c> or nothing for all).
/// </summary>
public sealed class RecordingSet
{
    private RecordingSet(IReadOnlyList<RecordingRecipe> recipes)
    {
        Recipes = recipes;
    }

    /// <summary>Gets the recordings in the order of the file.</summary>
    public IReadOnlyList<RecordingRecipe> Recipes { get; }

    /// <summary>Reads a set.</summary>
    /// <param name="path">Path of the YAML file; sounds are found relative to it.</param>
    /// <exception cref="InvalidDataException">The file is not such a set; the message names the place.</exception>
    public static RecordingSet Load(string path)
    {
        SetFile file = Parse(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (file.Sounds.Count == 0 || file.Azimuths.Count == 0 || file.Conditions.Count == 0)
        {
            throw new InvalidDataException($"{path}: a set needs at least one entry in each of sounds, azimuths and conditions");
        }

        var recipes = new List<RecordingRecipe>();
        foreach (SoundEntry sound in file.Sounds)
        {
            foreach (ConditionEntry condition in file.Conditions.Where(entry => entry.Sounds.Count == 0
                || entry.Sounds.Contains(sound.Name)))
            {
                recipes.AddRange(file.Azimuths.Select(azimuth => new RecordingRecipe(sound.Name, sound.Class,
                    Path.Combine(folder, sound.File), azimuth, condition.Name, condition.SignalToNoise)));
            }
        }

        return new RecordingSet(recipes);
    }

    private static SetFile Parse(string path)
    {
        try
        {
            string text = InputFile.ReadText(path);
            YamlBounds.CheckDepth(text);
            return new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
                .Deserialize<SetFile?>(text) ?? throw new InvalidDataException($"{path}: the file is empty");
        }
        catch (YamlException error)
        {
            throw new InvalidDataException($"{path}:{error.Start.Line}:{error.Start.Column}: {YamlBounds.Explain(error).Message}", error);
        }
    }

    private sealed class SetFile
    {
        public List<SoundEntry> Sounds { get; set; } = [];

        public List<double> Azimuths { get; set; } = [];

        public List<ConditionEntry> Conditions { get; set; } = [];
    }

    private sealed class SoundEntry
    {
        public string Name { get; set; } = string.Empty;

        public string Class { get; set; } = string.Empty;

        public string File { get; set; } = string.Empty;
    }

    private sealed class ConditionEntry
    {
        public string Name { get; set; } = string.Empty;

        public double? SignalToNoise { get; set; }

        public List<string> Sounds { get; set; } = [];
    }
}
