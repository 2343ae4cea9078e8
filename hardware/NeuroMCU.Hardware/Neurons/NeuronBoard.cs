// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Gpio;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.Hardware.Neurons
{
    /// <summary>The physical neurons of a board as its profile describes them.</summary>
    public sealed class NeuronBoard : INeuronBoard
    {
        private const int QueueLength = 256;

        private readonly BoardProfile _profile;
        private readonly IClock _clock;
        private readonly IAnalogOutput[] _drives;
        private readonly IAnalogInput[] _senses;
        private readonly ISpikeInput[] _inputs;
        private readonly SampledDetector[] _detectors;
        private readonly ResetLine[] _resets;
        private readonly Ad5328[] _outputChips;
        private readonly Mcp3208[] _inputChips;
        private readonly int[] _max;
        private readonly int[] _codes;
        private readonly bool[] _unwatched;
        private StreamedInput _stream;
        private readonly SpikeBuffer _queue = new SpikeBuffer(QueueLength);
        private readonly SpikeBuffer _forgotten = new SpikeBuffer(QueueLength);

        /// <summary>Initializes a new instance of the <see cref="NeuronBoard" /> class: checks the profile, then opens every drive at
        /// its safe level.</summary>
        /// <param name="profile">Profile of the board.</param>
        /// <param name="controller">The pins.</param>
        /// <param name="clock">The clock.</param>
        /// <exception cref="BoardProfileException">The profile is wrong; nothing has been driven.</exception>
        public NeuronBoard(BoardProfile profile, GpioController controller, IClock clock)
        {
            BoardCheck.Check(profile);
            int count = profile.Channels.Length;
            _profile = profile;
            _clock = clock;
            _drives = new IAnalogOutput[count];
            _senses = new IAnalogInput[count];
            _inputs = new ISpikeInput[count];
            _detectors = new SampledDetector[count];
            _resets = new ResetLine[count];
            _max = new int[count];
            _codes = new int[count];
            _unwatched = new bool[count];
            _outputChips = new Ad5328[profile.Spi.Length];
            _inputChips = new Mcp3208[profile.Spi.Length];
            try
            {
                Open(controller, clock);
            }
            catch
            {
                Close();
                throw;
            }
        }

        /// <inheritdoc />
        public int Count => _drives.Length;

        /// <inheritdoc />
        public int Resolution
        {
            get
            {
                int coarsest = 0;
                for (int i = 0; i < _inputs.Length; i++)
                {
                    if (_inputs[i] != null && !_unwatched[i] && _inputs[i].Resolution > coarsest)
                    {
                        coarsest = _inputs[i].Resolution;
                    }
                }

                return coarsest;
            }
        }

        /// <inheritdoc />
        public int SpikeCount => _queue.Count;

        /// <inheritdoc />
        public long KeptFrom => _queue.KeptFrom;

        /// <inheritdoc />
        public int Missed => _queue.Missed;

        /// <inheritdoc />
        public long SearchedSamples => _stream == null ? 0 : _stream.Searched;

        /// <inheritdoc />
        public long DroppedSamples => _stream == null ? 0 : _stream.LostSamples;

        /// <inheritdoc />
        public int SpikeChannel => _queue.Channel;

        /// <inheritdoc />
        public long SpikeTime => _queue.Time;

        /// <inheritdoc />
        public int MaxCode(int channel) => _max[channel];

        /// <inheritdoc />
        public int PulseOutput(int channel) => _profile.Channels[channel].PulseOutput;

        /// <inheritdoc />
        public void Drive(int channel, int code)
        {
            int max = _max[channel];
            code = code < 0 ? 0 : code > max ? max : code;
            if (code != _codes[channel])
            {
                Give(channel, code);
            }
        }

        /// <inheritdoc />
        public int Sense(int channel)
        {
            IAnalogInput sense = _senses[channel];
            return sense == null ? -1 : sense.Read();
        }

        /// <inheritdoc />
        public void Watch(int channel, bool watched)
        {
            if (watched && _unwatched[channel] && _inputs[channel] != null)
            {
                _inputs[channel].Poll(_clock.Now, _forgotten, channel);
                while (_forgotten.Take())
                {
                }
            }

            _unwatched[channel] = !watched;
        }

        /// <inheritdoc />
        public void Follow(int channel, int middle)
        {
            if (_detectors[channel] != null)
            {
                _detectors[channel].Follow(middle);
            }
        }

        /// <inheritdoc />
        public int LongestHigh(int channel) => _detectors[channel] == null ? 0 : _detectors[channel].LongestHigh;

        /// <inheritdoc />
        public void Poll(long now)
        {
            ISpikeInput[] inputs = _inputs;
            SpikeBuffer queue = _queue;
            queue.KeptFrom = now;
            for (int i = 0; i < inputs.Length; i++)
            {
                if (inputs[i] != null && !_unwatched[i])
                {
                    queue.Share = queue.Free / (inputs.Length - i);
                    inputs[i].Poll(now, queue, i);
                }
            }
        }

        /// <inheritdoc />
        public bool Take() => _queue.Take();

        /// <inheritdoc />
        public void Reset(int channel, bool pressed)
        {
            if (_resets[channel] != null)
            {
                _resets[channel].Set(channel, pressed);
            }
        }

        /// <inheritdoc />
        public int MakeSafe()
        {
            int failed = -1;
            for (int i = 0; i < _drives.Length; i++)
            {
                try
                {
                    if (_drives[i] != null && _codes[i] != _profile.Channels[i].DriveSafe)
                    {
                        Give(i, _profile.Channels[i].DriveSafe);
                    }

                    if (_resets[i] != null)
                    {
                        _resets[i].Release();
                    }
                }
#pragma warning disable CA1031 // Whatever a driver throws, the other channels must become safe.
                catch (Exception)
#pragma warning restore CA1031
                {
                    if (failed < 0)
                    {
                        failed = i;
                    }
                }
            }

            return failed;
        }

        /// <inheritdoc />
        public void Close()
        {
            MakeSafe();
            for (int i = 0; i < _drives.Length; i++)
            {
                if (_inputs[i] != null)
                {
                    _inputs[i].Close();
                }

                if (_senses[i] != null && (object)_senses[i] != (object)_inputs[i])
                {
                    _senses[i].Close();
                }

                if (_drives[i] != null)
                {
                    _drives[i].Close();
                }

                if (_resets[i] != null && LineBefore(i) == null)
                {
                    _resets[i].Close();
                }
            }

            for (int i = 0; i < _outputChips.Length; i++)
            {
                if (_outputChips[i] != null)
                {
                    _outputChips[i].Close();
                }

                if (_inputChips[i] != null)
                {
                    _inputChips[i].Close();
                }
            }
        }

        /// <summary>Unknown until the call has come back, so that a code that failed is tried again.</summary>
        private void Give(int channel, int code)
        {
            if (_drives[channel] != null)
            {
                _codes[channel] = -1;
                _drives[channel].Write(code);
                _codes[channel] = code;
            }
        }

        /// <summary>Drives first, all of them, so that no neuron runs on a floating pin while the rest is opened.</summary>
        private void Open(GpioController controller, IClock clock)
        {
            for (int i = 0; i < _profile.Spi.Length; i++)
            {
                switch (_profile.Spi[i].Chip)
                {
                    case ChipKind.Ad5328:
                        _outputChips[i] = new Ad5328(BoardDrivers.Chip(_profile.Spi[i]));
                        break;
                    case ChipKind.Mcp3208:
                        _inputChips[i] = new Mcp3208(BoardDrivers.Chip(_profile.Spi[i]));
                        break;
                    default:
                        break;
                }
            }

            for (int i = 0; i < _drives.Length; i++)
            {
                _drives[i] = OpenDrive(_profile.Channels[i], i);
                _max[i] = _drives[i] == null ? 0 : _profile.Channels[i].DriveMax;
                _codes[i] = _profile.Channels[i].DriveSafe;
            }

            for (int i = 0; i < _drives.Length; i++)
            {
                BoardChannel channel = _profile.Channels[i];
                if (channel.ResetPin >= 0)
                {
                    ResetLine shared = LineBefore(i);
                    _resets[i] = shared == null ? new ResetLine(controller, channel.ResetPin) : shared;
                }

                _senses[i] = OpenSense(channel);
                _detectors[i] = DetectorOf(channel);
                _inputs[i] = OpenInput(channel, i, controller, clock);
                if (channel.SpikeKind == SpikeInputKind.Stream && _senses[i] == null && channel.SenseKind != ConverterKind.None)
                {
                    _senses[i] = (StreamedInput)_inputs[i];
                }
            }
        }

        private IAnalogOutput OpenDrive(BoardChannel channel, int number)
        {
            switch (channel.DriveKind)
            {
                case ConverterKind.Internal:
                    return new InternalDac(channel.DriveInput, channel.DriveSafe);
                case ConverterKind.Spi:
                    return new Ad5328Output(_outputChips[channel.DriveDevice], channel.DriveInput, channel.DriveSafe);
                case ConverterKind.Pwm:
                    return new PwmOutput(channel.DriveInput, PwmTimers.Assign(_profile)[_profile.Outputs.Length + number],
                        channel.DriveFrequency, channel.DriveSafe);
                default:
                    return null;
            }
        }

        /// <summary>The pin of a stream cannot be opened a second time: the stream gives samples of its newest block.</summary>
        private IAnalogInput OpenSense(BoardChannel channel)
        {
            switch (channel.SenseKind)
            {
                case ConverterKind.Internal:
                    return channel.SpikeKind == SpikeInputKind.Stream && channel.SpikePin == channel.SenseInput
                        ? null
                        : new InternalAdc(channel.SenseInput, 0, null);
                case ConverterKind.Spi:
                    return new Mcp3208Input(_inputChips[channel.SenseDevice], channel.SenseInput);
                default:
                    return null;
            }
        }

        private ISpikeInput OpenInput(BoardChannel channel, int number, GpioController controller, IClock clock)
        {
            switch (channel.SpikeKind)
            {
                case SpikeInputKind.Polled:
                    return new PolledInput(controller, channel.SpikePin, channel.SpikeDeadTime);
                case SpikeInputKind.Counter:
                    return new PulseCounterInput(channel.SpikePin);
                case SpikeInputKind.Sampled:
                    return new SampledInput(_senses[number], _detectors[number]);
                case SpikeInputKind.Stream:
                    _stream = new StreamedInput(clock, channel.SpikePin, channel.SpikeRate, _detectors[number]);
                    return _stream;
                default:
                    return null;
            }
        }

        private static SampledDetector DetectorOf(BoardChannel channel)
        {
            return channel.SpikeKind != SpikeInputKind.Sampled && channel.SpikeKind != SpikeInputKind.Stream
                ? null
                : new SampledDetector(channel.SpikeThreshold, channel.SpikeHysteresis, channel.SpikeDeadTime);
        }

        private ResetLine LineBefore(int number)
        {
            for (int i = 0; i < number; i++)
            {
                if (_resets[i] != null && _resets[i].PinNumber == _profile.Channels[number].ResetPin)
                {
                    return _resets[i];
                }
            }

            return null;
        }
    }
}
