// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// Where the microphones rest when nothing sounds. Silence is samples that stay together, wherever the offset of a microphone puts
    /// them; a jump of that offset is no sound, although filters hear it.
    /// </summary>
    internal sealed class RestLevel
    {
        private readonly int _span;
        private readonly int[] _rest = new int[2];
        private readonly int[] _before = new int[2];

        internal RestLevel(int largestOfSilence)
        {
            _span = 2 * largestOfSilence;
        }

        /// <summary>Gets a value indicating whether something other than silence came since <see cref="Forget" />.</summary>
        internal bool WasLoud { get; private set; }

        /// <summary>Gets by how much a microphone rests elsewhere than before the sound, in sample units; 0 when that is within
        /// silence.</summary>
        internal int Jump
        {
            get
            {
                int left = Distance(_rest[FrontEnd.Left], _before[FrontEnd.Left]);
                int right = Distance(_rest[FrontEnd.Right], _before[FrontEnd.Right]);
                int jump = left > right ? left : right;
                return WasLoud && jump > _span ? jump : 0;
            }
        }

        /// <summary>Says whether samples of one ear are silence.</summary>
        internal bool IsSilent(short[] samples, int from, int count)
        {
            int span = _span;
            int end = from + count;
            int lowest = samples[from];
            int highest = lowest;
            for (int i = from + 1; i < end; i++)
            {
                int v = samples[i];
                if (v > highest)
                {
                    highest = v;
                }
                else if (v < lowest)
                {
                    lowest = v;
                }
                else
                {
                    continue;
                }

                if (highest - lowest > span)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The microphones rest at these samples.</summary>
        internal void Settle(int left, int right)
        {
            _rest[FrontEnd.Left] = left;
            _rest[FrontEnd.Right] = right;
        }

        /// <summary>Something else than silence: the first time since <see cref="Forget" /> it keeps where the microphones
        /// rested.</summary>
        internal void Disturb()
        {
            if (!WasLoud)
            {
                WasLoud = true;
                _before[FrontEnd.Left] = _rest[FrontEnd.Left];
                _before[FrontEnd.Right] = _rest[FrontEnd.Right];
            }
        }

        /// <summary>Forgets the sound, not where the microphones rest.</summary>
        internal void Forget()
        {
            WasLoud = false;
        }

        private static int Distance(int a, int b) => a > b ? a - b : b - a;
    }
}
