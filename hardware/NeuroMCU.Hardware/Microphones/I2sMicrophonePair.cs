// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.I2s;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Microphones
{
    /// <summary>
    /// Two INMP441 or like microphones on one I2S bus, left with its L/R pin low, right with it high. The driver of the chip collects
    /// frames by DMA in buffers of 256, so that the frame index is exact whatever the interpreter does.
    /// </summary>
    /// <remarks>
    /// I2sDevice.Read blocks the whole runtime until its frames have come and does not tell when the DMA has dropped some. This class
    /// therefore reckons from the clock when a buffer is complete, reads it then, and counts what must have been dropped. The bus clock
    /// may be off by some 30 ppm (fractional divider), so the reckoning follows it: each read in good time tries to come a little
    /// earlier, and one that had to wait tells exactly when the buffer was complete.
    /// Of the 24 bits of a sample the upper 16 are kept; the noise of the microphone (−87 dB full scale) is above their step.
    /// A read leaves 48 bytes on the heap, its SpanByte.
    /// </remarks>
    public sealed class I2sMicrophonePair : IMicrophonePair
    {
        /// <summary>Frames in one DMA buffer of the I2S driver.</summary>
        public const int DmaFrames = 256;

        private const int BytesPerFrame = 4;
        private const int DmaBytesPerFrame = 8;

        /// <summary>By how much a read in good time comes earlier than the one before, in µs.</summary>
        private const int Creep = 5;

        /// <summary>A read that takes so much longer than the fastest had to wait, in µs.</summary>
        private const int Waited = 100;

        /// <summary>A read that takes longer, in µs, ends the run: the bus stands or runs at another rate, and each further read would
        /// stop the whole runtime again. A read waits for one buffer at most, and other threads and collections for a tenth of a
        /// second.</summary>
        private const int LongestRead = 500000;

        /// <summary>The time base is set anew when it is off by so much, in µs.</summary>
        private const int MaxDrift = 5000;

        private readonly int _bus;
        private readonly int _clockPin;
        private readonly int _selectPin;
        private readonly int _dataPin;
        private readonly int _minRate;
        private readonly int _maxRate;
        private readonly int _bufferFrames;
        private readonly IClock _clock;
        private readonly byte[] _block = new byte[DmaFrames * BytesPerFrame];
        private I2sDevice _device;
        private long _anchor;
        private long _fastest;

        /// <summary>Initializes a new instance of the <see cref="I2sMicrophonePair" /> class; no pin is driven yet.</summary>
        /// <param name="bus">I2S bus, 1 or 2.</param>
        /// <param name="clockPin">GPIO of the bit clock (SCK of an INMP441).</param>
        /// <param name="selectPin">GPIO of the word select (WS).</param>
        /// <param name="dataPin">GPIO of the data line (SD of both microphones).</param>
        /// <param name="minRate">Lowest sample rate in Hz.</param>
        /// <param name="maxRate">Highest sample rate in Hz.</param>
        /// <param name="bufferFrames">Frames that the driver buffers; a multiple of <see cref="DmaFrames" />, two of them at least.</param>
        /// <param name="clock">The clock.</param>
        public I2sMicrophonePair(int bus, int clockPin, int selectPin, int dataPin, int minRate, int maxRate, int bufferFrames,
            IClock clock)
        {
            _bus = bus;
            _clockPin = clockPin;
            _selectPin = selectPin;
            _dataPin = dataPin;
            _minRate = minRate;
            _maxRate = maxRate;
            _bufferFrames = bufferFrames;
            _clock = clock;
        }

        /// <inheritdoc />
        public int SampleRate { get; private set; }

        /// <inheritdoc />
        public long StartTime { get; private set; }

        /// <inheritdoc />
        public long Position { get; private set; }

        /// <inheritdoc />
        public long Lost { get; private set; }

        /// <inheritdoc />
        public int BlockFrames => DmaFrames;

        /// <inheritdoc />
        public long NextBlockTime => SampleRate == 0 ? long.MaxValue : _anchor + Duration(Position + DmaFrames);

        /// <inheritdoc />
        public void Start(int sampleRate)
        {
            if (sampleRate < _minRate || sampleRate > _maxRate)
            {
                throw new ArgumentOutOfRangeException(nameof(sampleRate));
            }

            Stop();
            bool first = _bus == 1;
            Configuration.SetPinFunction(_clockPin, first ? DeviceFunction.I2S1_BCK : DeviceFunction.I2S2_BCK);
            Configuration.SetPinFunction(_selectPin, first ? DeviceFunction.I2S1_WS : DeviceFunction.I2S2_WS);
            Configuration.SetPinFunction(_dataPin, first ? DeviceFunction.I2S1_MDATA_IN : DeviceFunction.I2S2_MDATA_IN);

            I2sConnectionSettings settings = new I2sConnectionSettings(_bus);
            settings.Mode = I2sMode.Master | I2sMode.Rx;
            settings.CommunicationFormat = I2sCommunicationFormat.I2S;
            settings.ChannelFormat = I2sChannelFormat.RightLeft;
            settings.BitsPerSample = I2sBitsPerSample.Bit16;
            settings.SampleRate = sampleRate;
            settings.BufferSize = _bufferFrames * DmaBytesPerFrame;
            _device = I2sDevice.Create(settings);

            SampleRate = sampleRate;
            _anchor = _clock.Now;
            _fastest = long.MaxValue;
            StartTime = _anchor;
            Position = 0;
            Lost = 0;
        }

        /// <inheritdoc />
        public void Stop()
        {
            if (_device != null)
            {
                _device.Dispose();
                _device = null;
            }

            SampleRate = 0;
        }

        /// <inheritdoc />
        public int Read(short[] left, short[] right)
        {
            long before = _clock.Now;
            long due = NextBlockTime;
            if (before < due)
            {
                return 0;
            }

            CountLost(before);
            _device.Read(new SpanByte(_block));
            Position += DmaFrames;
            long after = _clock.Now;
            if (after - before > LongestRead)
            {
                throw new InvalidOperationException();
            }

            Follow(before, due, after);

            byte[] block = _block;
            int at = 0;
            for (int k = 0; k < DmaFrames; k++)
            {
                left[k] = (short)(block[at] | (block[at + 1] << 8));
                right[k] = (short)(block[at + 2] | (block[at + 3] << 8));
                at += BytesPerFrame;
            }

            return DmaFrames;
        }

        /// <summary>The DMA keeps one buffer less than it has, and drops the oldest: the last one is being filled.</summary>
        private void CountLost(long now)
        {
            long complete = (now - _anchor) * SampleRate / (1000000L * DmaFrames);
            long kept = (_bufferFrames / DmaFrames) - 1;
            long oldest = (complete - kept) * DmaFrames;
            if (oldest > Position)
            {
                Lost += oldest - Position;
                Position = oldest;
            }
        }

        private void Follow(long before, long due, long after)
        {
            long took = after - before;
            if (took < _fastest)
            {
                _fastest = took;
            }

            if (took > _fastest + Waited)
            {
                _anchor = after - _fastest - Duration(Position);
            }
            else if (before - due < Duration(DmaFrames) / 4)
            {
                _anchor -= Creep;
            }

            long drift = _anchor - StartTime;
            if (drift > MaxDrift || drift < -MaxDrift)
            {
                StartTime = _anchor;
            }
        }

        private long Duration(long frames) => ((frames * 1000000L) + SampleRate - 1) / SampleRate;
    }
}
