// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Neuron channels without a network: what there is, drive, sense, reset, measurement, safe.</summary>
    internal sealed class BoardRequests
    {
        // Of the ESP32's own ADC, and of the MCP3208.
        private const int ConverterBits = 12;

        private readonly IClock _clock;
        private readonly BoardProfile _profile;
        private readonly ChannelBank _bank;
        private readonly BoardSession _session;
        private readonly RunControl _runs;
        private readonly DriveCheck _check;
        private readonly MeasureRequests _measures;
        private readonly FirstIndex _first = new FirstIndex();
        private readonly ChannelNumber _channel = new ChannelNumber();
        private readonly BoardTally _tally = new BoardTally();
        private readonly BoardInfo _info = new BoardInfo();
        private readonly BoardDrive _drive = new BoardDrive();
        private readonly BoardSense _sense = new BoardSense();
        private readonly SenseAnswer _readings = new SenseAnswer();
        private readonly BoardReset _reset = new BoardReset();
        private readonly OutputRequest _output = new OutputRequest();

        internal BoardRequests(IClock clock, BoardProfile profile, ChannelBank bank, BoardSession session, RunControl runs)
        {
            _clock = clock;
            _profile = profile;
            _bank = bank;
            _session = session;
            _runs = runs;
            _check = new DriveCheck(bank, session, runs);
            _measures = new MeasureRequests(clock, session, _check);
        }

        /// <summary>Answers the request of a link.</summary>
        /// <returns>False when the request does not concern channels.</returns>
        internal bool Handle(HostLink link)
        {
            int type = link.Decoder.Type;
            if (type < MessageType.BoardIntervals || type > MessageType.BoardSafe)
            {
                return false;
            }

            try
            {
                Answer(link, type);
            }
#pragma warning disable CA1031 // A driver may throw anything; the fault names the channel, and the host gets its number.
            catch (Exception)
#pragma warning restore CA1031
            {
                _runs.RaiseFault(ErrorCode.Channel, _bank.Touched);
                link.Refuse(ErrorCode.Channel, _bank.Touched);
            }

            return true;
        }

        private void Answer(HostLink link, int type)
        {
            switch (type)
            {
                case MessageType.BoardIntervals:
                    _measures.Intervals(link);
                    break;
                case MessageType.BoardOutput:
                    Output(link);
                    break;
                case MessageType.BoardTally:
                    Tally(link);
                    break;
                case MessageType.BoardInfo:
                    Info(link);
                    break;
                case MessageType.BoardDrive:
                    Drive(link);
                    break;
                case MessageType.BoardSense:
                    Sense(link);
                    break;
                case MessageType.BoardReset:
                    Reset(link);
                    break;
                case MessageType.BoardMeasure:
                    _measures.Measure(link);
                    break;
                case MessageType.BoardProgress:
                    _measures.Progress(link);
                    break;
                case MessageType.BoardResult:
                    _measures.Result(link);
                    break;
                default:
                    _runs.End(EndReason.Stopped);
                    Done(link);
                    break;
            }
        }

        private static void Done(HostLink link)
        {
            link.BeginAnswer();
            link.EndAnswer();
        }

        private void Tally(HostLink link)
        {
            if (!_channel.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (_channel.Channel >= _bank.Count)
            {
                link.Refuse(ErrorCode.NoChannel, _channel.Channel);
            }
            else
            {
                _tally.Channel = _channel.Channel;
                _bank.Channels[_channel.Channel].Rates.Fill(_tally);
                _tally.Write(link.BeginAnswer());
                link.EndAnswer();
            }
        }

        private void Info(HostLink link)
        {
            if (!_first.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            int first = _first.First;
            INeuronBoard board = _bank.Board;
            _info.Channels = _bank.Count;
            _info.Resolution = board == null ? 0 : board.Resolution;
            _info.First = first;
            int left = _bank.Count - first;
            _info.Count = left < 0 ? 0 : left < BoardInfo.MaxChannels ? left : BoardInfo.MaxChannels;
            for (int k = 0; k < _info.Count; k++)
            {
                int channel = first + k;
                bool senses = channel < _profile.Channels.Length && _profile.Channels[channel].SenseKind != ConverterKind.None;
                _info.Limits[k] = _bank.Channels[channel].Range.Limit;
                _info.Parts[k] = (_info.Limits[k] > 0 ? BoardInfo.HasDrive : 0) | (senses ? BoardInfo.HasSense : 0);
                _info.SenseBits[k] = senses ? ConverterBits : 0;
                _info.Conditions[k] = _bank.Channels[channel].Condition;
                _info.Latches[k] = _bank.Channels[channel].TotalLatches;
            }

            _info.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Drive(HostLink link)
        {
            if (!_drive.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (_check.MayDrive(link) && _check.Accepts(link, _drive.Channel, _drive.Code))
            {
                _session.Claim(link);
                _bank.Drive(_bank.Channels[_drive.Channel], _drive.Code);
                Done(link);
            }
        }

        private void Sense(HostLink link)
        {
            if (!_sense.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (_runs.IsRunning)
            {
                link.Refuse(ErrorCode.Running, 0);
            }
            else if (!_sense.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
            }
            else if (_sense.Channel >= _bank.Count || !ReadSense())
            {
                link.Refuse(ErrorCode.NoChannel, _sense.Channel);
            }
            else
            {
                _readings.Write(link.BeginAnswer());
                link.EndAnswer();
            }
        }

        private bool ReadSense()
        {
            // A stream gives samples of its last look; one look reads half of what its buffers hold at most.
            if (_sense.Channel < _bank.Count && !_session.Measure.IsGoing)
            {
                _bank.Board.Poll(_clock.Now);
                _bank.Board.Poll(_clock.Now);
            }

            long begin = _clock.Now;
            _readings.Samples = _sense.Samples;
            _readings.Sum = 0;
            _readings.Lowest = 65535;
            _readings.Highest = 0;
            for (int k = 0; k < _sense.Samples; k++)
            {
                int code = _bank.Sense(_sense.Channel);
                if (code < 0)
                {
                    return false;
                }

                _readings.Sum += (uint)code;
                _readings.Lowest = code < _readings.Lowest ? code : _readings.Lowest;
                _readings.Highest = code > _readings.Highest ? code : _readings.Highest;
            }

            _readings.Duration = (int)(_clock.Now - begin);
            return true;
        }

        private void Reset(HostLink link)
        {
            if (!_reset.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (!_reset.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
            }
            else if (_check.MayDrive(link))
            {
                if (_reset.Channel >= _bank.Count)
                {
                    link.Refuse(ErrorCode.NoChannel, _reset.Channel);
                    return;
                }

                _session.Claim(link);
                _bank.Press(_bank.Channels[_reset.Channel], _clock.Now + (_reset.Milliseconds * 1000L));
                Done(link);
            }
        }

        private void Output(HostLink link)
        {
            if (!_output.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (_output.Output >= _runs.Outputs.Count)
            {
                link.Refuse(ErrorCode.OutOfRange, _output.Output);
            }
            else if (!_output.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
            }
            else if (_check.MayDrive(link))
            {
                _session.Claim(link);
                _runs.Outputs.Set(_output.Output, _output.Level);
                Done(link);
            }
        }
    }
}
