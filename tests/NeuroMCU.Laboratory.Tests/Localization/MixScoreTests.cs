// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Tests.Localization;

public sealed class MixScoreTests
{
    private static readonly StereoSound s_sound = new(8000, new float[2400], new float[2400]);

    private static readonly RecordingMix s_mix = new(
    [
        new MixedSound(0.5, -30, s_sound), new MixedSound(1.5, 60, s_sound), new MixedSound(2.5, 0, s_sound),
        new MixedSound(3.5, 10, s_sound),
    ]);

    [Fact]
    public void An_answer_is_for_the_sound_that_began_last_before_it()
    {
        // The answer at 1.52 s is the last of the first sound: none comes so soon after a beginning.
        MixScore score = MixScore.Of(s_mix, [(0.6, -28), (1.52, -31), (1.7, 57), (2.7, null), (3.0, null)]);

        Assert.Equal((4, 2, 1, 1), (score.Sounds, score.Located, score.Unsure, score.Unanswered));
        Assert.Equal(2, score.MeanError!.Value, 9);
        Assert.Equal(3, score.LargestError);
    }

    [Fact]
    public void An_unsure_answer_beside_a_sure_one_does_not_count()
    {
        MixScore score = MixScore.Of(s_mix, [(0.6, null), (0.9, -30.5), (1.6, 60), (2.6, 0), (3.7, 11)]);

        Assert.Equal((4, 0, 0), (score.Located, score.Unsure, score.Unanswered));
        Assert.Equal(1, score.LargestError);
    }

    [Fact]
    public void Without_answers_there_is_no_error()
    {
        MixScore score = MixScore.Of(s_mix, [(0.2, 40)]);

        Assert.Equal(new MixScore(4, 0, 0, 4, null, null), score);
    }
}
