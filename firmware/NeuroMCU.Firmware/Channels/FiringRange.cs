// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>
    /// What is known of a channel before it runs: up to which code it has to be silent, and from which code on it has to fire. A calibrated
    /// drive table has both; of a part that nobody measured, only the ends of the population are known.
    /// </summary>
    internal sealed class FiringRange
    {
        /// <summary>The largest code of its drive.</summary>
        internal readonly int Limit;

        /// <summary>By how many codes a drive has to differ to count as another one, 1 or more.</summary>
        internal readonly int Margin;

        // Drive tables of a calibration: no current, the highest code that was silent, the lowest that fired, and on.
        private const int SilentPoint = 1;
        private const int FiringPoint = 2;

        // 1/128 of the limit, at least one code: a drive within it counts as the same.
        private const int MarginShift = 7;

        // 1/32: temperature and the jitter of the threshold move an onset by less.
        private const int DriftShift = 5;

        private int _silent;
        private int _fires;

        /// <summary>Initializes a new instance of the <see cref="FiringRange" /> class that knows of no measurement.</summary>
        internal FiringRange(int limit)
        {
            Limit = limit;
            int margin = limit >> MarginShift;
            Margin = margin < 1 ? 1 : margin;
            Forget();
        }

        /// <summary>Gets a value indicating whether a calibration stands behind <see cref="MustFire" />; if not, only the population is
        /// known.</summary>
        internal bool IsMeasured { get; private set; }

        internal void Forget()
        {
            // Every part of the measured population fires from 65 uA on, three quarters of the limit.
            _silent = 0;
            _fires = Limit - (Limit >> 2);
            IsMeasured = false;
        }

        /// <summary>Reads what the drive table of a network says.</summary>
        internal void Learn(ChannelTable table)
        {
            int[] codes = table.Codes;
            if (table.Calibration == 0 || codes.Length <= FiringPoint)
            {
                // A nominal table begins where the mirror gives no current yet.
                _silent = codes[0];
                return;
            }

            _silent = codes[SilentPoint] - Drift(codes[SilentPoint]);
            _fires = codes[FiringPoint] + Drift(codes[FiringPoint]);
            IsMeasured = true;
        }

        /// <summary>Tells whether a sound channel is silent at a code, whatever its parts are.</summary>
        internal bool IsSilent(int code) => code <= _silent;

        /// <summary>Tells whether a sound channel fires at a code, whatever its parts are.</summary>
        internal bool MustFire(int code) => code >= _fires;

        // How far the onset may have moved since it was measured.
        private int Drift(int onset)
        {
            int moved = onset >> DriftShift;
            return moved > Margin ? moved : Margin;
        }
    }
}
