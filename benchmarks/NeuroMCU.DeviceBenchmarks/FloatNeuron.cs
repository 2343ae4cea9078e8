// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>
    /// A neuron as one would write it first: an object with float state, stepped by the clock, that asks its synapses in every step
    /// whether a delayed spike has come. It is what the engine is compared with.
    /// </summary>
    public sealed class FloatNeuron
    {
        private readonly FloatNeuron[] _targets;
        private readonly float[] _weights;
        private readonly int[] _delays;
        private readonly float[] _pending;
        private float _membrane;
        private int _refractory;
        private int _cursor;

        /// <summary>Initializes a new instance of the <see cref="FloatNeuron" /> class.</summary>
        /// <param name="synapses">Number of outgoing synapses.</param>
        /// <param name="slots">Length of the input's delay line in steps.</param>
        public FloatNeuron(int synapses, int slots)
        {
            _targets = new FloatNeuron[synapses];
            _weights = new float[synapses];
            _delays = new int[synapses];
            _pending = new float[slots];
        }

        /// <summary>Gets the number of spikes so far.</summary>
        public int Spikes { get; private set; }

        /// <summary>Goes back to the beginning.</summary>
        public void Reset()
        {
            Array.Clear(_pending, 0, _pending.Length);
            _membrane = 0;
            _refractory = 0;
            Spikes = 0;
        }

        /// <summary>Sets a synapse.</summary>
        /// <param name="synapse">Its number.</param>
        /// <param name="target">Where it leads.</param>
        /// <param name="delay">Delay in steps.</param>
        /// <param name="weight">Weight.</param>
        public void Connect(int synapse, FloatNeuron target, int delay, float weight)
        {
            _targets[synapse] = target;
            _delays[synapse] = delay;
            _weights[synapse] = weight;
        }

        /// <summary>Adds an input that arrives later.</summary>
        /// <param name="delay">In how many steps.</param>
        /// <param name="weight">Weight.</param>
        public void Receive(int delay, float weight)
        {
            int slot = _cursor + delay;
            if (slot >= _pending.Length)
            {
                slot -= _pending.Length;
            }

            _pending[slot] += weight;
        }

        /// <summary>Goes one step of 100 µs.</summary>
        public void Step()
        {
            float input = _pending[_cursor];
            _pending[_cursor] = 0;
            _cursor++;
            if (_cursor == _pending.Length)
            {
                _cursor = 0;
            }

            if (_refractory > 0)
            {
                _refractory--;
                return;
            }

            _membrane = (_membrane * 0.99501248f) + input;
            if (_membrane >= 1f)
            {
                _membrane = 0f;
                _refractory = 20;
                Fire();
            }
        }

        /// <summary>Sends a spike over all synapses.</summary>
        public void Fire()
        {
            Spikes++;
            for (int i = 0; i < _targets.Length; i++)
            {
                _targets[i].Receive(_delays[i], _weights[i]);
            }
        }
    }
}
