// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Protocol.Framing
{
    /// <summary>
    /// Takes bytes off the wire and gives frames whose check is right; everything else is counted and dropped. After damage the next
    /// delimiter starts afresh, so that at most one following frame is lost. Nothing is allocated after construction.
    /// </summary>
    public sealed class FrameDecoder
    {
        private readonly byte[] _frame = new byte[WireFormat.MaxFrame];
        private readonly BodyReader _body;
        private int _length;
        private int _blockLeft;
        private bool _zeroDue;
        private bool _begun;
        private bool _overlong;
        private bool _hasFrame;

        /// <summary>Initializes a new instance of the <see cref="FrameDecoder" /> class.</summary>
        public FrameDecoder()
        {
            _body = new BodyReader(_frame);
        }

        /// <summary>Gets or sets the seal of an authenticated session; null accepts open frames only.</summary>
        public FrameSeal Seal { get; set; }

        /// <summary>Gets a value indicating whether a frame is ready; it stays valid until the next <see cref="Feed" />.</summary>
        public bool HasFrame => _hasFrame;

        /// <summary>Gets the message type of the frame.</summary>
        public int Type => _frame[1];

        /// <summary>Gets the sequence number of the frame, 0 to 65535.</summary>
        public int Sequence => _frame[2] | (_frame[3] << 8);

        /// <summary>Gets the reader, set to the start of the frame's body.</summary>
        public BodyReader Body => _body;

        /// <summary>Gets the CRC-32 of type, sequence and body of the frame, by which a repeated request is known from a new one.</summary>
        public uint Fingerprint => Crc32.Compute(_frame, 1, _body.End - 1);

        /// <summary>Gets the number of good frames.</summary>
        public int Frames { get; private set; }

        /// <summary>Gets the number of frames dropped because CRC or seal did not fit.</summary>
        public int CheckErrors { get; private set; }

        /// <summary>Gets the number of frames dropped because they were longer than <see cref="WireFormat.MaxFrame" />.</summary>
        public int Overlong { get; private set; }

        /// <summary>Gets the number of frames dropped because they were shorter than header and check, or ended inside a COBS
        /// block.</summary>
        public int Short { get; private set; }

        /// <summary>Gets the number of frames with a right check but another version byte.</summary>
        public int ForeignVersions { get; private set; }

        /// <summary>Forgets a frame that has begun; the counts stay.</summary>
        public void Reset()
        {
            _hasFrame = false;
            Restart();
        }

        /// <summary>Takes bytes until a frame is complete or the input is used up.</summary>
        /// <param name="data">Bytes from the wire.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <returns>Number of bytes used; fewer than <paramref name="count" /> only when <see cref="HasFrame" /> became true.</returns>
        public int Feed(byte[] data, int offset, int count)
        {
            _hasFrame = false;
            byte[] frame = _frame;
            int end = offset + count;
            int read = offset;
            while (read < end)
            {
                int value = data[read++];
                if (value == WireFormat.Delimiter)
                {
                    Finish();
                    if (_hasFrame)
                    {
                        return read - offset;
                    }

                    continue;
                }

                _begun = true;
                if (_overlong)
                {
                    continue;
                }

                if (_blockLeft > 0)
                {
                    if (_length >= frame.Length)
                    {
                        _overlong = true;
                        continue;
                    }

                    // Whole runs are copied natively: a call per byte would cost an interpreter more than everything else here.
                    int run = _blockLeft;
                    if (run > end - read + 1)
                    {
                        run = end - read + 1;
                    }

                    if (run > frame.Length - _length)
                    {
                        run = frame.Length - _length;
                    }

                    int stop = read - 1;
                    int limit = stop + run;
                    while (stop < limit && data[stop] != 0)
                    {
                        stop++;
                    }

                    run = stop - read + 1;
                    Array.Copy(data, read - 1, frame, _length, run);
                    _length += run;
                    _blockLeft -= run;
                    read = stop;
                    continue;
                }

                // A code byte: the zero that the block before stands for becomes due only now that more follows.
                if (_zeroDue)
                {
                    if (_length >= frame.Length)
                    {
                        _overlong = true;
                        continue;
                    }

                    frame[_length++] = 0;
                }

                _blockLeft = value - 1;
                _zeroDue = value != 255;
            }

            return count;
        }

        private void Restart()
        {
            _length = 0;
            _blockLeft = 0;
            _zeroDue = false;
            _begun = false;
            _overlong = false;
        }

        private void Finish()
        {
            bool begun = _begun;
            bool overlong = _overlong;
            bool cut = _blockLeft > 0;
            int length = _length;
            Restart();
            if (!begun)
            {
                return;
            }

            if (overlong)
            {
                Overlong++;
                return;
            }

            int tail = Seal == null ? WireFormat.CrcSize : WireFormat.SealSize;
            if (cut || length < WireFormat.HeaderSize + tail)
            {
                Short++;
                return;
            }

            int end = length - tail;
            if (Seal == null)
            {
                uint stored = _frame[end] | ((uint)_frame[end + 1] << 8) | ((uint)_frame[end + 2] << 16) | ((uint)_frame[end + 3] << 24);
                if (Crc32.Compute(_frame, 0, end) != stored)
                {
                    CheckErrors++;
                    return;
                }

                if (_frame[0] != WireFormat.OpenVersion)
                {
                    ForeignVersions++;
                    return;
                }
            }
            else if (_frame[0] != WireFormat.SealedVersion || !Seal.Open(_frame, end))
            {
                CheckErrors++;
                return;
            }

            Frames++;
            _body.Reset(WireFormat.HeaderSize, end);
            _hasFrame = true;
        }
    }
}
