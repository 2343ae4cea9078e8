// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Laboratory.Localization.Recordings;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>
/// Front end, network and read-out of the device without the device around them: hears a recording as one sound. For calibration and
/// tests; <c>locate</c> and the demo go through the firmware.
/// </summary>
internal sealed class OfflineListener
{
    private const int SettleTime = 10000;

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

    /// <summary>Hears a sound from the beginning.</summary>
    /// <param name="sound">The sound, at the sample rate of the front end.</param>
    /// <returns>The read-out with its answer.</returns>
    public DirectionReadout Hear(PcmSound sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
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
            _engine.Advance(at < sound.Left.Length ? _listener.HeardUntil : _listener.HeardUntil + SettleTime, int.MaxValue);
            _engine.Spikes.Remove(_engine.Spikes.Count);
        }

        _readout.Evaluate();
        return _readout;
    }
}
