// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Refuses what may not be driven: not now, or not so hard.</summary>
    internal sealed class DriveCheck
    {
        private readonly ChannelBank _bank;
        private readonly BoardSession _session;
        private readonly RunControl _runs;

        internal DriveCheck(ChannelBank bank, BoardSession session, RunControl runs)
        {
            _bank = bank;
            _session = session;
            _runs = runs;
        }

        internal bool MayDrive(HostLink link)
        {
            if (_runs.State == DeviceState.Fault)
            {
                link.Refuse(ErrorCode.Faulted, _runs.Fault);
                return false;
            }

            if (_runs.IsRunning)
            {
                link.Refuse(ErrorCode.Running, 0);
                return false;
            }

            if (_session.Measure.IsGoing)
            {
                link.Refuse(ErrorCode.Measuring, 0);
                return false;
            }

            return true;
        }

        internal bool Accepts(HostLink link, int channel, int code)
        {
            int limit = channel < _bank.Count ? _bank.Channels[channel].Range.Limit : 0;
            if (limit == 0)
            {
                link.Refuse(ErrorCode.NoChannel, channel);
                return false;
            }

            if (code > limit)
            {
                link.Refuse(ErrorCode.DriveLimit, (channel << 16) | limit);
                return false;
            }

            return true;
        }
    }
}
