// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// The node array with the limits of its profile: nothing reaches a node but through here. Readings stay below the voltage that could
    /// move a node; a pulse beyond the profile is refused with a code and not applied.
    /// </summary>
    internal sealed class NodeBank
    {
        /// <summary>Longest time in µs for which a turn of the loop may be held by pulses.</summary>
        internal const int LongestTurn = 20000;

        private readonly IClock _clock;
        private readonly INodeArray _array;
        private int _held = -1;
        private long _heldUntil;

        /// <summary>Initializes a new instance of the <see cref="NodeBank" /> class.</summary>
        /// <param name="array">The array.</param>
        /// <param name="limits">Its section of the profile.</param>
        internal NodeBank(IClock clock, INodeArray array, BoardNodes limits)
        {
            _clock = clock;
            _array = array;
            Limits = limits;
            Count = limits.Count;
            Nodes = new KnownNode[Count];
            for (int k = 0; k < Count; k++)
            {
                Nodes[k] = new KnownNode();
                Nodes[k].GainUp = limits.PulseShare;
                Nodes[k].GainDown = limits.PulseShare;
                Nodes[k].Mode = RestOf(k);
            }
        }

        /// <summary>Gets the number of nodes.</summary>
        internal int Count { get; }

        /// <summary>Gets the limits.</summary>
        internal BoardNodes Limits { get; }

        /// <summary>Gets what is known of each node.</summary>
        internal KnownNode[] Nodes { get; }


        /// <summary>Gets a value indicating whether nodes are set rather than pulsed.</summary>
        internal bool SetsDirectly => _array.SetsDirectly;

        /// <summary>Gets the node that was read or pulsed last: the one that a fault names.</summary>
        internal int Touched { get; private set; }

        /// <summary>Gets that node with the chip that was spoken to last, as <see cref="ErrorCode.NodeParts" /> says it.</summary>
        internal int Suspect => Touched + (_array.Chip << 8);

        /// <summary>Gets the number of pulses since start.</summary>
        internal int Pulses { get; private set; }

        /// <summary>Gets the number of readings since start.</summary>
        internal int Reads { get; private set; }

        /// <summary>Gets the smallest of the readings of the last <see cref="Read" />.</summary>
        internal int Lowest { get; private set; }

        /// <summary>Gets the largest of the readings of the last <see cref="Read" />.</summary>
        internal int Highest { get; private set; }

        /// <summary>Gets the time in µs until a long pulse is over.</summary>
        internal int Left
        {
            get
            {
                long left = _held < 0 ? 0 : _heldUntil - _clock.Now;
                return left > 0 ? (int)left : 0;
            }
        }

        /// <summary>Gets a value indicating whether a long pulse is under way.</summary>
        internal bool IsHeld => _held >= 0;

        /// <summary>Gets the mode of a node of which nothing is known, one of <see cref="NodeMode" />.</summary>
        internal int RestOf(int node) => Limits.AlwaysVolatile || node >= Limits.LastingCount ? NodeMode.Volatile
            : Limits.FormFromMillivolts == 0 ? NodeMode.Keeping : NodeMode.Unknown;

        /// <summary>Reads a node.</summary>
        /// <param name="samples">Readings, 1 or more.</param>
        /// <returns>Their mean.</returns>
        internal int Read(int node, int samples)
        {
            Touched = node;
            long sum = 0;
            int lowest = int.MaxValue;
            int highest = int.MinValue;
            for (int k = 0; k < samples; k++)
            {
                int value = _array.Read(node);
                sum += value;
                lowest = value < lowest ? value : lowest;
                highest = value > highest ? value : highest;
            }

            Reads += samples;
            Lowest = lowest;
            Highest = highest;
            return (int)((sum >= 0 ? sum + (samples / 2) : sum - (samples / 2)) / samples);
        }

        /// <summary>Says why pulses are refused.</summary>
        /// <param name="microamperes">Largest current; 0 for the profile's.</param>
        /// <param name="detail">What belongs to the code.</param>
        /// <returns>One of <see cref="ErrorCode" />; none when they may be applied.</returns>
        internal int Refusal(int node, int millivolts, int microseconds, int microamperes, int count, out int detail)
        {
            detail = node;
            if (node < 0 || node >= Count)
            {
                return ErrorCode.NoNode;
            }

            if (Nodes[node].Masked)
            {
                return ErrorCode.NodeMasked;
            }

            int size = millivolts < 0 ? -millivolts : millivolts;
            if (size > Limits.MaxMillivolts || size == 0)
            {
                detail = Limits.MaxMillivolts;
                return ErrorCode.NodeAmplitude;
            }

            long together = (long)microseconds * count;
            if (microseconds < 1 || microseconds > Limits.MaxMicroseconds || (count > 1 && together > LongestTurn))
            {
                detail = Limits.MaxMicroseconds;
                return ErrorCode.NodeWidth;
            }

            if (microamperes < 0 || microamperes > Limits.MaxMicroamperes)
            {
                detail = Limits.MaxMicroamperes;
                return ErrorCode.NodeCurrent;
            }

            detail = 0;
            return ErrorCode.None;
        }

        /// <summary>Applies pulses that <see cref="Refusal" /> has nothing against. One that is longer than a turn may last begins
        /// here and ends in <see cref="Turn" />.</summary>
        internal void Pulse(int node, int millivolts, int microseconds, int microamperes, int count)
        {
            Touched = node;
            int current = microamperes == 0 ? Limits.MaxMicroamperes : microamperes;
            Pulses += count;
            if (microseconds > LongestTurn)
            {
                _held = node;
                _heldUntil = _clock.Now + microseconds;
                _array.Bias(node, millivolts, current);
                return;
            }

            for (int k = 0; k < count; k++)
            {
                _array.Pulse(node, millivolts, microseconds, current);
            }
        }

        /// <summary>Sets a node of an array that is set directly.</summary>
        internal void Set(int node, int value)
        {
            Touched = node;
            Pulses++;
            _array.Set(node, value);
        }

        /// <summary>Makes what the nodes have permanent.</summary>
        internal void Keep()
        {
            _array.Keep();
        }

        /// <summary>Ends a long pulse when its time has come.</summary>
        internal void Turn(long now)
        {
            if (_held >= 0 && now >= _heldUntil)
            {
                Release();
            }
        }

        /// <summary>Takes every voltage off the array.</summary>
        internal void Release()
        {
            _held = -1;
            _array.Release();
        }
    }
}
