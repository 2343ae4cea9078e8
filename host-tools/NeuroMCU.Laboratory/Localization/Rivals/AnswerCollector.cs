// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>Hears sounds as the firmware does, and keeps every answer with its cues: those while a sound lasts
/// and that to the whole.</summary>
internal sealed class AnswerCollector
{
    // The engine works off what the last block brought.
    private const int SettleTime = 10_000;

    private readonly NetworkEngine _engine;
    private readonly Listener _listener;
    private readonly DirectionReadout _readout;
    private readonly int[] _cues;

    /// <summary>Prepares to hear.</summary>
    /// <param name="tables">A compiled network with a microphone front end and a read-out of direction.</param>
    public AnswerCollector(NetworkTables tables)
    {
        _engine = new NetworkEngine(tables);
        _listener = new Listener(_engine, tables.Hearing[0]);
        _readout = new DirectionReadout(tables.Readouts.First(r => r.Kind == ReadoutKind.Direction), _engine, _listener.FrontEnd);
        _cues = [.. Enumerable.Range(0, (tables.Readouts[0].Populations.Length * DirectionLayout.BandCues) + DirectionLayout.SoundCues)];
    }

    /// <summary>Hears a sound from the beginning.</summary>
    /// <param name="sound">The sound, at the sample rate of the front end.</param>
    /// <param name="azimuth">Where it is, in degrees.</param>
    public IReadOnlyList<HeardAnswer> Hear(PcmSound sound, double azimuth)
    {
        List<HeardAnswer> answers = [];
        _engine.Reset();
        _readout.Forget();
        _listener.Start(0);
        _listener.Forget();
        for (int at = 0; at < sound.Left.Length;)
        {
            int count = Math.Min(_listener.Room, sound.Left.Length - at);
            _listener.FrontEnd.Feed(sound.Left, sound.Right, at, count);
            at += count;
            _listener.EndBlock();
            _readout.ForgetOnsets();
            bool last = at == sound.Left.Length;
            _engine.Advance(last ? _listener.HeardUntil + SettleTime : _listener.HeardUntil, int.MaxValue);
            _engine.Spikes.Remove(_engine.Spikes.Count);
            if (_listener.HasEnded || (last && _listener.HearsSound))
            {
                _readout.Evaluate();
                Keep(answers, azimuth);
                _readout.Forget();
                _listener.Forget();
            }
            else if (_listener.IsDue)
            {
                _readout.EvaluatePart();
                Keep(answers, azimuth);
                _readout.ForgetPart();
                _listener.NoteAnswer();
            }
        }

        return answers;
    }

    private void Keep(List<HeardAnswer> answers, double azimuth)
    {
        if (_readout.Spikes > 0)
        {
            answers.Add(new HeardAnswer(_readout.IsValid, Math.Abs((_readout.Value / 100.0) - azimuth), [.. _cues.Select(_readout.Cue)]));
        }
    }
}
