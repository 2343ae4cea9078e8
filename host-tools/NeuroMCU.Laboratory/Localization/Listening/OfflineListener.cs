// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization.Listening;

/// <summary>
/// Front end, network and read-out of the device without the device around them: hears a recording as one sound. For calibration and
/// tests; <c>locate</c> and the demo go through the firmware.
/// </summary>
internal sealed class OfflineListener
{
    // The engine works off what the last block brought.
    private const int SettleTime = 10_000;

    private readonly NetworkEngine _engine;
    private readonly Listener _listener;
    private readonly DirectionReadout _readout;

    /// <summary>Initializes a new instance of the <see cref="OfflineListener" /> class.</summary>
    /// <param name="tables">A compiled network with a microphone front end and a read-out of direction.</param>
    public OfflineListener(NetworkTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        _engine = new NetworkEngine(tables);
        _listener = new Listener(_engine, tables.Hearing[0]);
        _readout = new DirectionReadout(tables.Readouts.First(r => r.Kind == ReadoutKind.Direction), _engine, _listener.FrontEnd);
    }

    /// <summary>Gets the engine.</summary>
    public NetworkEngine Engine => _engine;

    /// <summary>Gets what decides when a sound begins, lasts and ends.</summary>
    public Listener Listener => _listener;

    /// <summary>Gets the read-out.</summary>
    public DirectionReadout Readout => _readout;

    /// <summary>Hears a sound from the beginning.</summary>
    /// <param name="sound">The sound, at the sample rate of the front end.</param>
    /// <returns>The read-out with its answer.</returns>
    public DirectionReadout Hear(PcmSound sound)
    {
        Play(sound, _ => { });
        _readout.Evaluate();
        return _readout;
    }

    /// <summary>Plays a sound from the beginning, block by block.</summary>
    /// <param name="sound">The sound, at the sample rate of the front end.</param>
    /// <param name="heard">What happens when the network is through with a block; true for the last one.</param>
    public void Play(PcmSound sound, Action<bool> heard)
    {
        ArgumentNullException.ThrowIfNull(sound);
        ArgumentNullException.ThrowIfNull(heard);
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
            heard(last);
        }
    }
}
