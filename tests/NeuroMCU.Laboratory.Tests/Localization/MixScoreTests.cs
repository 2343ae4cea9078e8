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
        MixScore score = MixScore.Of(
            s_mix, [Sure(0.6, -28), Sure(1.52, -31), Sure(1.7, 57), Unsure(2.7, 4), Unsure(3.0, -6), Unsure(3.7, null)]);

        Assert.Equal(new MixScore(4, 2, 1, 1, new MixError(2, 3), new MixError(5, 6)), score);
    }

    [Fact]
    public void An_unsure_answer_beside_a_sure_one_does_not_count()
    {
        MixScore score = MixScore.Of(s_mix, [Unsure(0.6, 80), Sure(0.9, -30.5), Sure(1.6, 60), Sure(2.6, 0), Sure(3.7, 11)]);

        Assert.Equal(new MixScore(4, 4, 0, 0, new MixError(0.375, 1), null), score);
    }

    [Fact]
    public void Without_answers_there_is_no_error()
    {
        MixScore score = MixScore.Of(s_mix, [Sure(0.2, 40)]);

        Assert.Equal(new MixScore(4, 0, 0, 4, null, null), score);
    }

    private static LiveAnswer Sure(double time, double azimuth) => new(time, azimuth, true);

    private static LiveAnswer Unsure(double time, double? guess) => new(time, guess, false);
}
