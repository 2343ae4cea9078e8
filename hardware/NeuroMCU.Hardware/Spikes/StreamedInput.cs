// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.I2s;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>
    /// One input of the first converter, sampled by DMA through I2S: the number of a sample is a true time base, whatever the interpreter
    /// does. Spike times are exact to one sample, 25 µs at 40 000 samples/s.
    /// </summary>
    /// <remarks>
    /// nanoFramework's I2S driver takes the words of 16 bits that the converter gives for frames of 8 bytes and hands on one word of
    /// each four (read in nf-interpreter, System.Device.I2s; not yet seen on a board). The bus therefore runs at four times the rate.
    /// While it runs, the first converter belongs to it: AdcChannel.ReadValue on any pin of it would never return. A board has one
    /// stream, on I2S bus 1. The search executes some 23 instructions for a sample in which nothing happens: with the reads, 40 000
    /// samples/s take a third of a 240 MHz chip's time and most of a 160 MHz one's (estimate); <c>counter</c> costs next to nothing.
    /// Each read of a buffer leaves 48 bytes on the heap, its SpanByte: 30 KB/s at 40 000 samples/s.
    /// </remarks>
    internal sealed class StreamedInput : ISpikeInput, IAnalogInput
    {
        /// <summary>Samples of the DMA for each one that the driver hands on.</summary>
        private const int Stride = 4;

        /// <summary>Which of the four it is: bytes 6 and 7 of a frame, whose words lie swapped in memory.</summary>
        private const int Kept = 2;

        private const int DmaSamples = 256;
        private const int Buffers = 32;
        private const int BytesPerDmaSample = 2;
        private const int LookStep = 13 * BytesPerDmaSample;
        private const int CodeMask = 0xfff;
        private const int UpperMask = 0xf;

        /// <summary>Buffers that one turn takes at most: the loop has other work.</summary>
        private const int MaxInTurn = 16;

        private readonly byte[] _block = new byte[DmaSamples / Stride * BytesPerDmaSample];
        private readonly IClock _clock;
        private readonly SampledDetector _detector;
        private readonly I2sDevice _device;
        private readonly DmaClock _dma;
        private readonly int _rate;
        private int _last;
        private int _look;

        /// <summary>Initializes a new instance of the <see cref="StreamedInput" /> class, running.</summary>
        /// <param name="pin">32 to 39.</param>
        /// <param name="rate">Samples per second that are looked at, 1 to 250 000.</param>
        /// <exception cref="ArgumentOutOfRangeException">The pin is none of the first converter, or the rate is out of range.</exception>
        public StreamedInput(IClock clock, int pin, int rate, SampledDetector detector)
        {
            if (pin < 32 || pin > 39 || rate < 1 || rate > 250000)
            {
                throw new ArgumentOutOfRangeException(nameof(rate));
            }

            _clock = clock;
            _detector = detector;
            _rate = rate;
            Configuration.SetPinFunction(pin, DeviceFunction.I2S1_MDATA_IN);
            I2sConnectionSettings settings = new I2sConnectionSettings(1);
            settings.Mode = I2sMode.Master | I2sMode.Rx | I2sMode.AdcBuiltIn;
            settings.CommunicationFormat = I2sCommunicationFormat.I2S;
            settings.ChannelFormat = I2sChannelFormat.OnlyLeft;
            settings.BitsPerSample = I2sBitsPerSample.Bit16;
            settings.SampleRate = rate * Stride;
            settings.BufferSize = Buffers * DmaSamples * BytesPerDmaSample;
            _device = I2sDevice.Create(settings);
            _dma = new DmaClock(clock.Now, rate * Stride, DmaSamples, Buffers);
        }

        /// <inheritdoc />
        public int FullCode => CodeMask;

        /// <summary>Gets how exact the times are: one sample, in µs.</summary>
        public int Resolution => (1000000 + _rate - 1) / _rate;

        /// <summary>Gets the number of samples that were dropped because the loop came round too late.</summary>
        public long LostSamples => _dma.Lost / Stride;

        /// <summary>Gets the number of samples that were searched for spikes.</summary>
        public long Searched { get; private set; }

        /// <summary>Gets a sample of the newest block, another one each time: always its last would be in step with spikes that come
        /// once or twice in a block.</summary>
        /// <returns>0 to 4095.</returns>
        public int Read()
        {
            _look = (_look + LookStep) % _block.Length;
            return CodeAt(_look);
        }

        /// <inheritdoc />
        public void Poll(long now, SpikeBuffer queue, int channel)
        {
            long before = now;
            for (int k = 0; k < MaxInTurn && before >= _dma.Due; k++)
            {
                _dma.Skip(before);
                long first = _dma.Position;
                _device.Read(new SpanByte(_block));
                long after = _clock.Now;
                _dma.Advance(before, after);
                Searched += _block.Length / BytesPerDmaSample;
                Search(first, queue, channel);
                before = _clock.Now;
            }
        }

        /// <inheritdoc />
        public void Close()
        {
            _device.Dispose();
        }

        /// <summary>Shows the detector those samples only that can change its state, each with the one before it.</summary>
        private void Search(long first, SpikeBuffer queue, int channel)
        {
            int length = _block.Length;
            for (int at = Candidate(0); at < length; at = Candidate(at + BytesPerDmaSample))
            {
                int code = CodeAt(at);
                if (_detector.Armed ? code >= _detector.Threshold : code <= _detector.Rest)
                {
                    long sample = first + Kept + (at * (Stride / BytesPerDmaSample));
                    _detector.Step(at == 0 ? _last : CodeAt(at - BytesPerDmaSample), _dma.TimeOf(sample - Stride));
                    if (_detector.Step(code, _dma.TimeOf(sample)))
                    {
                        queue.Add(channel, _detector.SpikeTime);
                    }
                }
            }

            _last = CodeAt(length - BytesPerDmaSample);
        }

        /// <summary>
        /// Finds the next sample whose upper bits alone do not tell that nothing happens: an interpreter has no time to put every sample
        /// together.
        /// </summary>
        private int Candidate(int from)
        {
            byte[] block = _block;
            int length = block.Length;
            int at = from + 1;
            if (_detector.Armed)
            {
                int least = _detector.Threshold >> 8;
                while (at < length && (block[at] & UpperMask) < least)
                {
                    at += BytesPerDmaSample;
                }
            }
            else
            {
                int most = _detector.Rest >> 8;
                while (at < length && (block[at] & UpperMask) > most)
                {
                    at += BytesPerDmaSample;
                }
            }

            return at - 1;
        }

        private int CodeAt(int at) => (_block[at] | (_block[at + 1] << 8)) & CodeMask;
    }
}
