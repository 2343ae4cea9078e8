// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>
    /// Neurons whose membrane follows the code that drives them with 6.4 ms, in integers, and which fire from <see cref="Onset" /> on.
    /// Whatever is written to a drive or a reset goes into a digest with its time.
    /// </summary>
    internal sealed class LeakyBoard : INeuronBoard
    {
        /// <summary>Largest code of each channel.</summary>
        public const int Limit = 200;

        /// <summary>Code from which on a neuron fires.</summary>
        public const int Onset = 50;

        private const int Grain = 100;
        private const int Threshold = Onset << 8;
        private const int LeakShift = 6;
        private const int RestReading = 2;
        private const int SpikeReading = 2000;
        private const int FloatingReading = 800;

        private readonly SteppingClock _clock;
        private readonly SpikeBuffer _queue = new SpikeBuffer(256);
        private readonly int[] _membranes;
        private readonly bool[] _pressed;
        private readonly bool[] _latched;
        private readonly int[] _readings;
        private readonly bool[] _unwatched;
        private long _time;
        private long _polled;

        public LeakyBoard(int count, SteppingClock clock)
        {
            _clock = clock;
            Codes = new int[count];
            Troubles = new int[count];
            _membranes = new int[count];
            _pressed = new bool[count];
            _latched = new bool[count];
            _readings = new int[count];
            _unwatched = new bool[count];
        }

        /// <summary>Gets the codes that the channels are driven with.</summary>
        public int[] Codes { get; }

        /// <summary>Gets what is wrong with each channel, one of <see cref="Trouble" />.</summary>
        public int[] Troubles { get; }

        /// <summary>Gets the digest of everything that was written, with times.</summary>
        public Digest Written { get; } = new Digest();

        /// <summary>Gets a value indicating whether no channel is driven and no reset pressed.</summary>
        public bool IsSafe
        {
            get
            {
                for (int k = 0; k < Codes.Length; k++)
                {
                    if (Codes[k] != 0 || _pressed[k])
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        public int Count
        {
            get { return Codes.Length; }
        }

        public int Resolution
        {
            get { return Grain; }
        }

        public int SpikeCount
        {
            get { return _queue.Count; }
        }

        public int Missed
        {
            get { return _queue.Missed; }
        }

        public long KeptFrom
        {
            get { return _polled; }
        }

        public long DroppedSamples
        {
            get { return 0; }
        }

        public long SearchedSamples
        {
            get { return 0; }
        }

        public int SpikeChannel
        {
            get { return _queue.Channel; }
        }

        public long SpikeTime
        {
            get { return _queue.Time; }
        }

        public int MaxCode(int channel)
        {
            return Limit;
        }

        public int PulseOutput(int channel)
        {
            return -1;
        }

        public void Drive(int channel, int code)
        {
            if (Troubles[channel] == Trouble.DriveFails)
            {
                throw new IOException("no acknowledge");
            }

            Note(channel, code);
            Codes[channel] = code;
            _latched[channel] &= code != 0;
        }

        public void Follow(int channel, int middle)
        {
        }

        public int LongestHigh(int channel)
        {
            return 0;
        }

        public int Sense(int channel)
        {
            switch (Troubles[channel])
            {
                case Trouble.SenseFails:
                    throw new IOException("no answer");
                case Trouble.SenseOpen:
                    return FloatingReading;
                case Trouble.Shorted:
                    return Codes[channel];
                case Trouble.DetectSilent:
                    // Every fourth reading falls onto a spike.
                    _readings[channel]++;
                    return Codes[channel] > Onset && (_readings[channel] & 3) == 0 ? SpikeReading : RestReading;
                default:
                    return _latched[channel] ? Codes[channel] : RestReading + (_membranes[channel] >> 11);
            }
        }

        public void Watch(int channel, bool watched)
        {
            _unwatched[channel] = !watched;
        }

        public void Poll(long now)
        {
            _polled = now;
            for (; _time + Grain <= now; _time += Grain)
            {
                for (int k = 0; k < _membranes.Length; k++)
                {
                    Step(k);
                }
            }
        }

        public bool Take()
        {
            return _queue.Take();
        }

        public void Reset(int channel, bool pressed)
        {
            Note(channel, pressed ? -1 : -2);
            _pressed[channel] = pressed;
            if (pressed)
            {
                _membranes[channel] = 0;
                _latched[channel] = false;
            }
        }

        public int MakeSafe()
        {
            int failed = -1;
            Note(Codes.Length, 0);
            for (int k = Codes.Length - 1; k >= 0; k--)
            {
                failed = Troubles[k] == Trouble.DriveFails ? k : failed;
                Codes[k] = 0;
                _pressed[k] = false;
                _latched[k] = false;
            }

            return failed;
        }

        public void Close()
        {
            MakeSafe();
        }

        private void Note(int channel, int value)
        {
            Written.Add(_clock.Time);
            Written.Add(((long)channel << 32) + value);
        }

        private void Step(int channel)
        {
            int trouble = Troubles[channel];
            if (trouble == Trouble.DetectNoisy)
            {
                Queue(channel, _time + Grain);
            }

            if (_pressed[channel] || _latched[channel] || trouble == Trouble.Shorted || trouble == Trouble.Open)
            {
                return;
            }

            int before = _membranes[channel];
            int after = before + (((Codes[channel] << 8) - before) >> LeakShift);
            if (after < Threshold)
            {
                _membranes[channel] = after;
                return;
            }

            _membranes[channel] = 0;
            _latched[channel] = trouble == Trouble.Latches;
            if (trouble != Trouble.DetectSilent && trouble != Trouble.DetectNoisy)
            {
                Queue(channel, _time + (Grain * (Threshold - before) / (after - before)));
            }
        }

        private void Queue(int channel, long time)
        {
            if (!_unwatched[channel])
            {
                _queue.Add(channel, time);
            }
        }
    }
}
