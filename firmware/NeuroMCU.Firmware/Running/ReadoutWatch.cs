// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Running
{
    /// <summary>Reads the network's read-outs, drives the outputs that are bound to them, and says what they say.</summary>
    public sealed class ReadoutWatch
    {
        private readonly OutputBank _outputs;
        private readonly DeviceLog _log;

        /// <summary>Initializes a new instance of the <see cref="ReadoutWatch" /> class.</summary>
        /// <param name="outputs">The outputs.</param>
        /// <param name="log">Where read-outs are told.</param>
        public ReadoutWatch(OutputBank outputs, DeviceLog log)
        {
            _outputs = outputs;
            _log = log;
        }

        /// <summary>Gets the read-out that was valid last.</summary>
        public ReadoutEvent Last { get; } = new ReadoutEvent();

        /// <summary>Gets a value indicating whether a host has to be told of it.</summary>
        public bool News { get; private set; }

        /// <summary>Gets a value indicating whether outputs are bound to neurons.</summary>
        public bool WantsSpikes
        {
            get { return false; }
        }

        /// <summary>Shows a spike to the outputs that are bound to its neuron.</summary>
        /// <param name="neuron">Global index.</param>
        /// <param name="now">Time in µs.</param>
        public void Show(int neuron, long now)
        {
        }

        /// <summary>Prepares for a network.</summary>
        /// <param name="network">The network; null for none.</param>
        public void Bind(LoadedNetwork network)
        {
            Reset();
        }

        /// <summary>Forgets all values.</summary>
        public void Reset()
        {
            Last.Valid = false;
            News = false;
        }

        /// <summary>Copies the read-out that was valid last.</summary>
        /// <param name="target">Receives it.</param>
        public void CopyLast(ReadoutEvent target)
        {
            target.Valid = Last.Valid;
            target.Index = Last.Index;
            target.Time = Last.Time;
            target.Value = Last.Value;
            target.Confidence = Last.Confidence;
            target.Spikes = Last.Spikes;
        }

        /// <summary>Notes that the host was told.</summary>
        public void Told()
        {
            News = false;
        }
    }
}
