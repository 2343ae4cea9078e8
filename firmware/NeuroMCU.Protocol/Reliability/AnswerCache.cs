// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Reliability
{
    /// <summary>
    /// Remembers the last answers of a connection, so that a request which arrives again, because its answer was lost or late, is answered
    /// from memory and applied once. A request is the same when type, sequence number and fingerprint are.
    /// </summary>
    public sealed class AnswerCache
    {
        /// <summary>Answers that are remembered. A host with one open request at a time needs one; the others cover stalls.</summary>
        public const int Entries = 4;

        private readonly byte[][] _bodies = new byte[Entries][];
        private readonly int[] _lengths = new int[Entries];
        private readonly int[] _requests = new int[Entries];
        private readonly int[] _answers = new int[Entries];
        private readonly uint[] _fingerprints = new uint[Entries];
        private int _next;

        /// <summary>Initializes a new instance of the <see cref="AnswerCache" /> class.</summary>
        public AnswerCache()
        {
            for (int k = 0; k < Entries; k++)
            {
                _bodies[k] = new byte[WireFormat.MaxBody];
            }

            Clear();
        }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            for (int k = 0; k < Entries; k++)
            {
                _requests[k] = -1;
            }
        }

        /// <summary>Looks for a request.</summary>
        /// <param name="type">Its type.</param>
        /// <param name="sequence">Its sequence number.</param>
        /// <param name="fingerprint">Its fingerprint.</param>
        /// <returns>The entry with its answer, or −1.</returns>
        public int Find(int type, int sequence, uint fingerprint)
        {
            int request = (type << 16) | sequence;
            for (int k = 0; k < Entries; k++)
            {
                if (_requests[k] == request && _fingerprints[k] == fingerprint)
                {
                    return k;
                }
            }

            return -1;
        }

        /// <summary>Remembers an answer in place of the oldest one.</summary>
        /// <param name="type">Type of the request.</param>
        /// <param name="sequence">Sequence number of the request.</param>
        /// <param name="fingerprint">Fingerprint of the request.</param>
        /// <param name="answer">Type of the answer.</param>
        /// <param name="body">Body of the answer.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        public void Store(int type, int sequence, uint fingerprint, int answer, byte[] body, int offset, int count)
        {
            int entry = _next;
            _next = (_next + 1) % Entries;
            _requests[entry] = (type << 16) | sequence;
            _fingerprints[entry] = fingerprint;
            _answers[entry] = answer;
            _lengths[entry] = count;
            Array.Copy(body, offset, _bodies[entry], 0, count);
        }

        /// <summary>Builds a remembered answer again.</summary>
        /// <param name="entry">What <see cref="Find" /> gave.</param>
        /// <param name="sequence">Sequence number.</param>
        /// <param name="encoder">Builds the frame.</param>
        /// <returns>False when it does not fit.</returns>
        public bool Encode(int entry, int sequence, FrameEncoder encoder)
            => encoder.Encode(_answers[entry], sequence, _bodies[entry], 0, _lengths[entry]);
    }
}
