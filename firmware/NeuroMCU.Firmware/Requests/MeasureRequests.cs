// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Measurements of neuron channels: started, asked how far they are, read.</summary>
    internal sealed class MeasureRequests
    {
        private readonly IClock _clock;
        private readonly BoardSession _session;
        private readonly DriveCheck _check;
        private readonly FirstIndex _first = new FirstIndex();
        private readonly BoardMeasure _measure = new BoardMeasure();
        private readonly MeasureProgress _progress = new MeasureProgress();
        private readonly MeasureResults _results = new MeasureResults();
        private readonly MeasureIntervals _intervals = new MeasureIntervals();

        internal MeasureRequests(IClock clock, BoardSession session, DriveCheck check)
        {
            _clock = clock;
            _session = session;
            _check = check;
        }

        internal void Measure(HostLink link)
        {
            if (!_measure.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (!_measure.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
                return;
            }

            if (!_check.MayDrive(link))
            {
                return;
            }

            // All are checked before one is driven.
            for (int k = 0; k < _measure.Count; k++)
            {
                if (!_check.Accepts(link, _measure.Channels[k], _measure.Codes[k]))
                {
                    return;
                }

                for (int other = 0; other < k; other++)
                {
                    if (_measure.Channels[other] == _measure.Channels[k])
                    {
                        link.Refuse(ErrorCode.BadValue, _measure.Channels[k]);
                        return;
                    }
                }
            }

            _session.Claim(link);
            _session.Measure.Start(_measure, _clock.Now);
            Progress(link);
        }

        internal void Progress(HostLink link)
        {
            _session.Measure.Fill(_progress, _clock.Now);
            _progress.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        internal void Result(HostLink link)
        {
            if (!_first.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (_session.Measure.State != MeasureState.Done)
            {
                link.Refuse(ErrorCode.NoMeasurement, _session.Measure.State);
            }
            else if (!_session.Measure.Fill(_results, _first.First))
            {
                link.Refuse(ErrorCode.BadValue, _first.First);
            }
            else
            {
                _results.Write(link.BeginAnswer());
                link.EndAnswer();
            }
        }

        internal void Intervals(HostLink link)
        {
            if (!_first.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (_session.Measure.State != MeasureState.Done)
            {
                link.Refuse(ErrorCode.NoMeasurement, _session.Measure.State);
            }
            else if (!_session.Measure.Fill(_intervals, _first.First))
            {
                link.Refuse(ErrorCode.BadValue, _first.First);
            }
            else
            {
                _intervals.Write(link.BeginAnswer());
                link.EndAnswer();
            }
        }
    }
}
