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
    public void An_answer_is_for_the_sound_that_it_is_about()
    {
        MixScore score = MixScore.Of(
            s_mix, [Sure(0.6, -28), Sure(0.8, -31), Sure(1.7, 57), Unsure(2.7, 4), Unsure(3.0, -6), Unsure(3.7, null)]);

        Assert.Equal(new MixScore(4, 2, 1, 1, new MixError(2, 3), new MixError(5, 6)), score);
    }

    /// <summary>The device began to take up the first sound before it sounded, heard the second into its echo, and answered each after the
    /// next had begun.</summary>
    [Fact]
    public void A_device_that_lags_answers_the_same_sounds()
    {
        MixScore score = MixScore.Of(s_mix, [new(1.9, 0.45, 0.55, -30, true), new(2.9, 1.5, 2.3, 60, true), new(3.9, 2.9, 2.95, 1, true)]);

        Assert.Equal(new MixScore(4, 3, 0, 1, new MixError(1.0 / 3, 1), null), score);
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

    private static LiveAnswer Sure(double time, double azimuth) => new(time, time - 0.1, time, azimuth, true);

    private static LiveAnswer Unsure(double time, double? guess) => new(time, time - 0.1, time, guess, false);
}
