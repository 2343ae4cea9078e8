// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>An analog input that is read once in each turn of the loop. A spike must last three turns to be seen for sure.</summary>
    internal sealed class SampledInput : ISpikeInput
    {
        private readonly TurnMeter _turns = new TurnMeter();
        private readonly IAnalogInput _input;
        private readonly SampledDetector _detector;

        /// <summary>Initializes a new instance of the <see cref="SampledInput" /> class.</summary>
        public SampledInput(IAnalogInput input, SampledDetector detector)
        {
            _input = input;
            _detector = detector;
        }

        /// <summary>Gets how exact the times are: one turn of the loop, measured, in µs.</summary>
        public int Resolution => _turns.Duration;

        /// <inheritdoc />
        public void Poll(long now, SpikeBuffer queue, int channel)
        {
            _turns.Turn(now);
            if (_detector.Step(_input.Read(), now))
            {
                queue.Add(channel, _detector.SpikeTime);
            }
        }

        /// <summary>Does nothing: the input is closed by who opened it.</summary>
        public void Close()
        {
        }
    }
}
