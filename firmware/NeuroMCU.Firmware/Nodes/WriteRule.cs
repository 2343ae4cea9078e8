// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// Chooses the next pulse on the way to a target, from one reading. Proportional-integral: the width follows the error and its sum
    /// (Kp 1, Ki 0.2, the sum set back at a reversal), over a gain that is learned per node and polarity. Incremental: the amplitude rises
    /// until the node moves half of its error, and falls when it moves further.
    /// </summary>
    internal sealed class WriteRule
    {
        private const int Million = 1000000;
        private const int IntegralParts = 5;

        // The range that is left is never taken for less, so that a node near its end still gets a pulse of some width.
        private const int LeastLeft = 20000;

        // The gain stays within these parts and multiples of the profile's.
        private const int GainSpan = 8;

        // Amplitudes of the incremental rule between the disturb voltage and the full pulse.
        private const int AmplitudeSteps = 12;

        private readonly BoardNodes _limits;
        private long _integral;
        private int _sign;
        private int _amplitude;
        private int _expected;

        internal WriteRule(BoardNodes limits)
        {
            _limits = limits;
        }

        /// <summary>Gets the amplitude of the next pulse in mV, with its sign.</summary>
        internal int Millivolts { get; private set; }

        /// <summary>Gets the width of the next pulse in µs.</summary>
        internal int Microseconds { get; private set; }

        /// <summary>Gets a value indicating whether the next pulse is a full one.</summary>
        internal bool IsFull { get; private set; }

        /// <summary>Begins with a node.</summary>
        internal void Begin()
        {
            _integral = 0;
            _sign = 0;
            _amplitude = AmplitudeSteps / 2;
        }

        /// <summary>Chooses a pulse by the proportional-integral rule.</summary>
        internal void Proportional(KnownNode node, int reading, int target)
        {
            int error = target - reading;
            int sign = error < 0 ? -1 : 1;
            if (sign != _sign)
            {
                _integral = 0;
                _sign = sign;
            }

            int left = Left(node, reading, sign);
            int gain = sign > 0 ? node.GainUp : node.GainDown;
            long full = (long)gain * left / Million;
            full = full < 1 ? 1 : full;

            // A pulse that is cut off at its full width does not wind the sum up.
            long wanted = error + ((_integral + error) / IntegralParts);
            long size = wanted < 0 ? -wanted : wanted;
            IsFull = size >= full;
            if (!IsFull)
            {
                _integral += error;
            }

            long width = IsFull ? _limits.PulseMicroseconds : size * _limits.PulseMicroseconds / full;
            Microseconds = width < 1 ? 1 : (int)width;
            Millivolts = sign * _limits.PulseMillivolts;
            _expected = (int)(full * Microseconds / _limits.PulseMicroseconds);
        }

        /// <summary>Chooses a pulse by the incremental rule.</summary>
        /// <param name="moved">What the last pulse moved, with its sign; 0 before the first.</param>
        internal void Incremental(int reading, int target, int moved)
        {
            int error = target - reading;
            int sign = error < 0 ? -1 : 1;
            int size = error < 0 ? -error : error;
            int went = moved < 0 ? -moved : moved;
            if (_sign != 0 && sign != _sign)
            {
                // Too far: the way back is short.
                _amplitude = _amplitude > 3 ? _amplitude - 3 : 1;
            }
            else if (_sign != 0 && went < size / 2)
            {
                _amplitude = _amplitude < AmplitudeSteps ? _amplitude + 1 : AmplitudeSteps;
            }
            else if (_sign != 0 && went > size)
            {
                _amplitude = _amplitude > 1 ? _amplitude - 1 : 1;
            }

            _sign = sign;
            IsFull = _amplitude == AmplitudeSteps;
            int span = _limits.PulseMillivolts - _limits.DisturbMillivolts;
            Millivolts = sign * (_limits.DisturbMillivolts + (span * _amplitude / AmplitudeSteps));
            Microseconds = _limits.PulseMicroseconds;
            _expected = 0;
        }

        /// <summary>Learns from what the last pulse did: the more the noise of a reading counts beside it, the less.</summary>
        internal void Learn(KnownNode node, int before, int after)
        {
            if (_expected == 0)
            {
                return;
            }

            int moved = (after - before) * _sign;
            long noise = (long)(before < 0 ? -before : before) * _limits.ReadNoise / Million;
            long trust = (long)Million * _expected / (_expected + (4 * noise) + 1);
            int left = Left(node, before, _sign);
            int gain = _sign > 0 ? node.GainUp : node.GainDown;
            long seen = moved <= 0 ? 0 : (long)moved * Million / left * _limits.PulseMicroseconds / Microseconds;
            long next = gain + ((seen - gain) * trust / (2 * Million));
            long least = _limits.PulseShare / GainSpan;
            long most = (long)_limits.PulseShare * GainSpan;
            next = next < least ? least : next > most ? most : next;
            if (_sign > 0)
            {
                node.GainUp = (int)next;
            }
            else
            {
                node.GainDown = (int)next;
            }
        }

        private static int Left(KnownNode node, int reading, int sign)
        {
            int high = node.High == 0 ? Million : node.High;
            int left = sign > 0 ? high - reading : reading - node.Low;
            return left < LeastLeft ? LeastLeft : left;
        }
    }
}
