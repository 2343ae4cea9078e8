// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Runs
{
    /// <summary>Which run it is, why it ended, and where its spikes and trace samples begin in what the device has recorded.</summary>
    internal sealed class RunRecord
    {
        /// <summary>Gets the number of the run, 1 to 255; 0 before the first.</summary>
        internal int Run { get; private set; }

        /// <summary>Gets or sets why the run ended, one of <see cref="EndReason" />; None while it goes on.</summary>
        internal int Reason { get; set; }

        /// <summary>Gets the sequence number of the first spike of the run.</summary>
        internal uint FirstSpike { get; private set; }

        /// <summary>Gets the sequence number of the first trace sample of the run.</summary>
        internal uint FirstSample { get; private set; }

        /// <summary>Begins the next run.</summary>
        internal void Begin(NetworkEngine engine)
        {
            Run = Run == 255 ? 1 : Run + 1;
            Reason = EndReason.None;
            FirstSpike = NextSpike(engine);
            FirstSample = NextSample(engine);
        }

        /// <summary>There was no run yet: the network is another one.</summary>
        internal void Forget()
        {
            Run = 0;
            Reason = EndReason.None;
            Rewind();
        }

        /// <summary>The network has been set back to time 0.</summary>
        internal void Rewind()
        {
            FirstSpike = 0;
            FirstSample = 0;
        }

        /// <summary>Fills in what the record knows of the totals.</summary>
        /// <param name="engine">The engine; null without a network.</param>
        internal void Total(RunTotals totals, NetworkEngine engine)
        {
            totals.Run = Run;
            totals.Reason = Reason;
            totals.Time = engine == null ? 0 : engine.Time;
            totals.NextSpike = engine == null ? 0 : NextSpike(engine);
            totals.DroppedSpikes = engine == null ? 0 : (uint)engine.Spikes.Dropped;
            totals.NextSample = engine == null ? 0 : NextSample(engine);
            totals.DroppedSamples = engine == null ? 0 : (uint)engine.Traces.Dropped;
        }

        private static uint NextSpike(NetworkEngine engine) => (uint)(engine.Spikes.Total - engine.Spikes.Dropped);

        private static uint NextSample(NetworkEngine engine) => (uint)(engine.Traces.Total - engine.Traces.Dropped);
    }
}
