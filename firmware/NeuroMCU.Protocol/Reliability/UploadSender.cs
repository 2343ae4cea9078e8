// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Reliability
{
    /// <summary>
    /// The host's end of a windowed upload (go-back-n): says which chunk to send next, reads acknowledgements, and goes back after a gap
    /// or a silence.
    /// </summary>
    public sealed class UploadSender
    {
        private readonly int _length;
        private readonly int _chunkSize;
        private readonly int _window;
        private int _next;
        private int _highest;

        /// <summary>Initializes a new instance of the <see cref="UploadSender" /> class.</summary>
        /// <param name="length">Length of the image in bytes.</param>
        /// <param name="chunkSize">Bytes per chunk, as the device says.</param>
        /// <param name="window">Chunks that may be under way, as the device says.</param>
        public UploadSender(int length, int chunkSize, int window)
        {
            _length = length;
            _chunkSize = chunkSize;
            _window = window;
        }

        /// <summary>Gets the number of bytes that the device has.</summary>
        public int Acknowledged { get; private set; }

        /// <summary>Gets the number of chunks that were sent more than once.</summary>
        public int Repeated { get; private set; }

        /// <summary>Gets a value indicating whether the device has everything.</summary>
        public bool Complete => Acknowledged >= _length;

        /// <summary>Gets a value indicating whether a chunk may be sent now.</summary>
        public bool CanSend => _next < _length && _next - Acknowledged < _window * _chunkSize;

        /// <summary>Gets the offset in bytes of the chunk to send next.</summary>
        public int Offset => _next;

        /// <summary>Gets the length in bytes of the chunk to send next.</summary>
        public int Count => _length - _next < _chunkSize ? _length - _next : _chunkSize;

        /// <summary>Gets the sequence field of the chunk to send next.</summary>
        public int Sequence => (_next / _chunkSize) & 0xFFFF;

        /// <summary>Notes that the chunk was sent.</summary>
        public void Sent()
        {
            if (_next < _highest)
            {
                Repeated++;
            }

            _next += Count;
            if (_next > _highest)
            {
                _highest = _next;
            }
        }

        /// <summary>Enters an acknowledgement.</summary>
        /// <param name="sequence">Its sequence field: the chunk that caused it.</param>
        /// <param name="nextOffset">Next byte that the device expects.</param>
        public void Acknowledge(int sequence, int nextOffset)
        {
            if (nextOffset < Acknowledged || nextOffset > _highest)
            {
                return;
            }

            Acknowledged = nextOffset;
            if (_next < nextOffset)
            {
                _next = nextOffset;
            }

            // Caused by a chunk beyond the expected one: something before it is missing, so go back.
            int expected = nextOffset / _chunkSize;
            if ((short)(sequence - expected) > 0)
            {
                _next = nextOffset;
            }
        }

        /// <summary>Goes back to the last acknowledged byte, after a silence.</summary>
        public void GoBack()
        {
            _next = Acknowledged;
        }
    }
}
