// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>Hears sounds as the firmware does, and keeps every answer with its cues: those while a sound lasts
/// and that to the whole.</summary>
internal sealed class AnswerCollector
{
    private readonly OfflineListener _ears;
    private readonly int[] _cues;

    /// <summary>Prepares to hear.</summary>
    /// <param name="tables">A compiled network with a microphone front end and a read-out of direction.</param>
    public AnswerCollector(NetworkTables tables)
    {
        _ears = new OfflineListener(tables);
        _cues = [.. Enumerable.Range(0, (tables.Readouts[0].Populations.Length * DirectionLayout.BandCues) + DirectionLayout.SoundCues)];
    }

    /// <summary>Hears a sound from the beginning.</summary>
    /// <param name="sound">The sound, at the sample rate of the front end.</param>
    /// <param name="azimuth">Where it is, in degrees.</param>
    public IReadOnlyList<HeardAnswer> Hear(PcmSound sound, double azimuth)
    {
        List<HeardAnswer> answers = [];
        _ears.Play(sound, last =>
        {
            if (_ears.Listener.HasEnded || (last && _ears.Listener.HearsSound))
            {
                _ears.Readout.Evaluate();
                Keep(answers, azimuth);
                _ears.Readout.Forget();
                _ears.Listener.Forget();
            }
            else if (_ears.Listener.IsDue)
            {
                _ears.Readout.EvaluatePart();
                Keep(answers, azimuth);
                _ears.Readout.ForgetPart();
                _ears.Listener.NoteAnswer();
            }
        });
        return answers;
    }

    private void Keep(List<HeardAnswer> answers, double azimuth)
    {
        if (_ears.Readout.Spikes > 0)
        {
            DirectionReadout answer = _ears.Readout;
            answers.Add(new HeardAnswer(answer.IsValid, Math.Abs((answer.Value / 100.0) - azimuth), [.. _cues.Select(answer.Cue)]));
        }
    }
}
