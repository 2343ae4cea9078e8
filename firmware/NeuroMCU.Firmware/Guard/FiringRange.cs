// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Hardware.Neurons;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>
    /// What is known of each channel before it runs: up to which code it surely is silent, and from which code on it surely fires. A calibrated
    /// drive table has both; of a part that nobody measured, only the ends of the population are known.
    /// </summary>
    public sealed class FiringRange
    {
        // Drive tables of a calibration: no current, the highest code that was silent, the lowest that fired, and on.
        private const int SilentPoint = 1;
        private const int FiringPoint = 2;

        // 1/128 of the limit, at least one code: a drive within it counts as the same.
        private const int MarginShift = 7;

        // 1/32: temperature and the jitter of the threshold move an onset by less.
        private const int DriftShift = 5;

        private readonly INeuronBoard _board;
        private readonly int[] _silent;
        private readonly int[] _fires;
        private readonly bool[] _measured;

        /// <summary>Initializes a new instance of the <see cref="FiringRange" /> class that knows of no measurement.</summary>
        /// <param name="board">The channels; null for a board without.</param>
        public FiringRange(INeuronBoard board)
        {
            _board = board;
            int count = board == null ? 0 : board.Count;
            _silent = new int[count];
            _fires = new int[count];
            _measured = new bool[count];
        }

        /// <summary>Takes what the drive tables of a network say; other channels are unknown afterwards.</summary>
        /// <param name="tables">The tables.</param>
        public void Learn(ChannelTable[] tables)
        {
            for (int k = 0; k < _silent.Length; k++)
            {
                // Every part of the measured population fires from 65 uA on, three quarters of the limit.
                int limit = _board.MaxCode(k);
                _silent[k] = 0;
                _fires[k] = limit - (limit >> 2);
                _measured[k] = false;
            }

            for (int t = 0; t < tables.Length; t++)
            {
                int channel = tables[t].Channel;
                int[] codes = tables[t].Codes;
                if (channel >= _silent.Length)
                {
                    continue;
                }

                if (tables[t].Calibration == 0 || codes.Length <= FiringPoint)
                {
                    // A nominal table begins where the mirror gives no current yet.
                    _silent[channel] = codes[0];
                    continue;
                }

                _silent[channel] = codes[SilentPoint] - Doubt(channel, codes[SilentPoint]);
                _fires[channel] = codes[FiringPoint] + Doubt(channel, codes[FiringPoint]);
                _measured[channel] = true;
            }
        }

        /// <summary>Gets by how many codes a drive has to differ to count as another one.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Codes, 1 or more.</returns>
        public int Margin(int channel)
        {
            int margin = _board.MaxCode(channel) >> MarginShift;
            return margin < 1 ? 1 : margin;
        }

        /// <summary>Tells whether a sound channel is silent at a code, whatever its parts are.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter.</param>
        /// <returns>True when it is.</returns>
        public bool IsSilent(int channel, int code)
        {
            return code <= _silent[channel];
        }

        /// <summary>Tells whether a sound channel fires at a code, whatever its parts are.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter.</param>
        /// <returns>True when it does.</returns>
        public bool MustFire(int channel, int code)
        {
            return code >= _fires[channel];
        }

        /// <summary>Tells whether a calibration stands behind <see cref="MustFire" />.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>False when only the population is known.</returns>
        public bool IsMeasured(int channel)
        {
            return _measured[channel];
        }

        // How far the onset may have moved since it was measured.
        private int Doubt(int channel, int onset)
        {
            int moved = onset >> DriftShift;
            int margin = Margin(channel);
            return moved > margin ? moved : margin;
        }
    }
}
