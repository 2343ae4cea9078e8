// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Localization;

/// <summary>The list beside a set of recordings: read as it was written, whatever the sounds are called.</summary>
public sealed class RecordingIndexTests
{
    [Theory]
    [InlineData("click")]
    [InlineData("door, slammed")]
    [InlineData("the \"crow\"")]
    public void A_set_is_read_as_it_was_written(string sound)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        RecordingIndex.Write(folder.Path, [new RecordingRecipe(sound, "natural", "dry.wav", -32, "clean", null),
            new RecordingRecipe("b", "click", "b.wav", 0, "street", 5)]);

        Assert.Equal(
            [
                new IndexedRecording(Path.Combine(folder.Path, sound + "_clean_-32.wav"), sound, "natural", "clean", -32),
                new IndexedRecording(Path.Combine(folder.Path, "b_street_+00.wav"), "b", "click", "street", 0),
            ],
            RecordingIndex.Read(folder.Path));
    }

    [Theory]
    [InlineData("file,sound,class,azimuth_deg\n", "index.csv:1: the first line must be")]
    [InlineData("file,sound,class,condition,azimuth_deg\na.wav,a,click,clean,10\nb.wav,b,click,clean,left\n", "index.csv:3: expected")]
    [InlineData("file,sound,class,condition,azimuth_deg\na.wav,a,click,clean\n", "found 'a.wav,a,click,clean'")]
    public void A_line_that_is_none_is_named(string text, string message)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "index.csv"), text);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => RecordingIndex.Read(folder.Path)).Message,
            StringComparison.Ordinal);
    }
}
