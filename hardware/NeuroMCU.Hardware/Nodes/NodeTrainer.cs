// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>
    /// Lets an array become specialised to a task: rows are inputs, columns are answers, the column with the largest sum of input times
    /// conductance wins. Each node has an integer counter of its error, and gets a short pulse for every whole step that has gathered.
    /// </summary>
    /// <remarks>Nothing but pulses changes a node. What the counters hold is lost with the power unless <see cref="Counters" /> and the
    /// numbers beside them are stored; what the nodes hold is not.</remarks>
    public sealed class NodeTrainer
    {
        /// <summary>An input of 1, and a step of a counter.</summary>
        public const int One = 1 << 16;

        /// <summary>Most pulses that a node gets for one presentation.</summary>
        public const int MostPulses = 3;

        // log2(e) per millionth, Q40.
        private const long OctavesOfOne = 1586271;
        private const int Rate = 2;

        private readonly INodeArray _array;
        private readonly int _millivolts;
        private readonly int _longest;
        private readonly int _microamperes;
        private readonly int _microseconds;
        private readonly int _half;
        private readonly int _samples;
        private readonly int _sharpness;
        private readonly int[] _rows;
        private readonly int[] _columns;
        private readonly int[] _counters;
        private readonly int[] _sums;
        private readonly int[] _shares;

        /// <summary>Initializes a new instance of the <see cref="NodeTrainer" /> class, every counter at 0.</summary>
        /// <param name="array">The array.</param>
        /// <param name="millivolts">Voltage of a pulse in mV, as the profile allows it.</param>
        /// <param name="microamperes">Largest current in µA.</param>
        /// <param name="longest">Longest pulse of the profile in µs.</param>
        /// <param name="rows">Row of each input.</param>
        /// <param name="columns">Column of each answer.</param>
        /// <param name="microseconds">Width of a pulse in µs, up to the longest of the profile.</param>
        /// <param name="sharpness">Answers compete by exp(sharpness · sum); 1 to 64.</param>
        /// <param name="half">Presentations after which a pulse is half as long; 0 when it stays as it is.</param>
        /// <param name="samples">Readings of a node that an answer averages, 1 or more; learning reads once.</param>
        public NodeTrainer(INodeArray array, int millivolts, int microamperes, int longest, int[] rows, int[] columns, int microseconds,
            int sharpness, int half, int samples)
        {
            _array = array;
            _millivolts = millivolts;
            _microamperes = microamperes;
            _longest = longest;
            _microseconds = microseconds;
            _half = half;
            _samples = samples;
            _sharpness = sharpness;
            _rows = rows;
            _columns = columns;
            _counters = new int[rows.Length * columns.Length];
            _sums = new int[columns.Length];
            _shares = new int[columns.Length];
        }

        /// <summary>Gets the width in µs of the next pulse, 1 to the longest of the profile: shorter ones learn more slowly and more
        /// exactly.</summary>
        public int Microseconds
        {
            get
            {
                long parts = (long)_half + Presentations;
                long width = _half == 0 ? _microseconds : (((long)_microseconds * _half) + (parts / 2)) / parts;
                return width < 1 ? 1 : width > _longest ? _longest : (int)width;
            }
        }

        /// <summary>Gets the counters of error, input by input; a checkpoint keeps them, and a restart fills them again.</summary>
        public int[] Counters => _counters;

        /// <summary>Gets the sums of the last answer in millionths of full scale, one for each answer.</summary>
        public int[] Sums => _sums;

        /// <summary>Gets the number of pulses that raised a node.</summary>
        public int Raised { get; private set; }

        /// <summary>Gets the number of pulses that lowered a node.</summary>
        public int Lowered { get; private set; }

        /// <summary>Gets the number of presentations that taught something.</summary>
        public int Presentations { get; private set; }

        /// <summary>Goes on with a lesson that was stored.</summary>
        /// <param name="presentations">Presentations that had taught something.</param>
        /// <param name="raised">Pulses that had raised a node.</param>
        /// <param name="lowered">Pulses that had lowered a node.</param>
        public void Resume(int presentations, int raised, int lowered)
        {
            Presentations = presentations;
            Raised = raised;
            Lowered = lowered;
        }

        /// <summary>Answers.</summary>
        /// <param name="inputs">Inputs, 0 to <see cref="One" />.</param>
        /// <returns>The answer; −1 when every input is 0.</returns>
        public int Answer(int[] inputs) => Sum(inputs, _samples);

        /// <summary>Answers and learns the right answer.</summary>
        /// <param name="inputs">Inputs, 0 to <see cref="One" />; a presentation without any is skipped.</param>
        /// <param name="right">The right answer.</param>
        /// <returns>What was answered before learning; −1 when it was skipped.</returns>
        public int Teach(int[] inputs, int right)
        {
            int answer = Sum(inputs, 1);
            if (answer < 0)
            {
                return answer;
            }

            Compete(_sums[answer]);
            for (int i = 0; i < _rows.Length; i++)
            {
                for (int j = 0; j < _columns.Length && inputs[i] > 0; j++)
                {
                    long error = (j == right ? One : 0) - _shares[j];
                    int at = (i * _columns.Length) + j;
                    _counters[at] += (int)((inputs[i] * error * Rate) >> 16);
                    Pay(at, (_rows[i] * _array.Columns) + _columns[j]);
                }
            }

            Presentations++;
            return answer;
        }

        private int Sum(int[] inputs, int samples)
        {
            bool any = false;
            for (int j = 0; j < _sums.Length; j++)
            {
                _sums[j] = 0;
            }

            for (int i = 0; i < _rows.Length; i++)
            {
                if (inputs[i] == 0)
                {
                    continue;
                }

                any = true;
                for (int j = 0; j < _columns.Length; j++)
                {
                    long reading = 0;
                    for (int k = 0; k < samples; k++)
                    {
                        reading += _array.Read((_rows[i] * _array.Columns) + _columns[j]);
                    }

                    _sums[j] += (int)((reading * inputs[i] / samples) >> 16);
                }
            }

            int best = 0;
            for (int j = 1; j < _sums.Length; j++)
            {
                best = _sums[j] > _sums[best] ? j : best;
            }

            return any ? best : -1;
        }

        // Share of each answer in exp(sharpness · sum), Q16.
        private void Compete(int largest)
        {
            long total = 0;
            for (int j = 0; j < _sums.Length; j++)
            {
                _shares[j] = Exponential.Power((largest - _sums[j]) * OctavesOfOne * _sharpness) >> 8;
                total += _shares[j];
            }

            for (int j = 0; j < _sums.Length; j++)
            {
                _shares[j] = (int)(((long)_shares[j] << 16) / total);
            }
        }

        private void Pay(int counter, int node)
        {
            for (int k = 0; k < MostPulses && (_counters[counter] >= One || _counters[counter] <= -One); k++)
            {
                bool up = _counters[counter] > 0;
                _counters[counter] += up ? -One : One;
                _array.Pulse(node, up ? _millivolts : -_millivolts, Microseconds, _microamperes);
                Raised += up ? 1 : 0;
                Lowered += up ? 0 : 1;
            }

            // What is left beyond the most pulses is dropped, so that one surprise does not go on for many presentations.
            if (_counters[counter] > One || _counters[counter] < -One)
            {
                _counters[counter] = _counters[counter] > 0 ? One : -One;
            }
        }
    }
}
