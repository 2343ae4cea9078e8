// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Recordings.Report;

/// <summary>Says to people and programs why a direction is unsure.</summary>
public static class DoubtSentence
{
    /// <summary>Name of a doubt in JSON.</summary>
    /// <param name="doubt">One of <see cref="Doubt" />.</param>
    /// <returns>The name; null for no doubt.</returns>
    public static string? Name(int doubt) => doubt switch
    {
        Doubt.None => null,
        Doubt.LeftEar => "left_ear",
        Doubt.RightEar => "right_ear",
        Doubt.SecondDirection => "second_direction",
        Doubt.Spread => "spread",
        Doubt.FewBands => "few_bands",
        Doubt.OtherHead => "other_head",
        Doubt.Step => "step",
        _ => "few_spikes",
    };

    /// <summary>What is odd about the sound, and what would help.</summary>
    /// <param name="doubt">One of <see cref="Doubt" />.</param>
    /// <returns>A sentence without its end.</returns>
    public static string Of(int doubt) => doubt switch
    {
        Doubt.LeftEar => "the left ear hears nothing, or far less than any direction explains: check its microphone and cable",
        Doubt.RightEar => "the right ear hears nothing, or far less than any direction explains: check its microphone and cable",
        Doubt.SecondDirection => "a second direction fits nearly as well: two sounds at a time, echoes, or a tone",
        Doubt.Spread =>
            "the direction is spread out: the sound moves, or comes with echoes or noise; come closer, or record a shorter piece",
        Doubt.FewBands =>
            "the sound is in one or two bands, and a tone fits several directions: use a sound with many frequencies, such as a clap or "
            + "a voice",
        Doubt.OtherHead =>
            "level and delay between the ears do not fit each other: other microphones or another head than the network's ('neuromcu "
            + "calibrate-head' makes one for yours), unequal microphones, a sound from far above, echoes, or a second sound",
        Doubt.Step => "this is no sound but a jump of a microphone's offset",
        _ => "too few spikes of the two ears agree: the sound is too quiet, too short, or buried in noise",
    };
}
