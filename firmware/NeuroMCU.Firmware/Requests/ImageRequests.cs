// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Image;
using NeuroMCU.Firmware.Events;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Upload, read-back and storing of images.</summary>
    internal sealed class ImageRequests
    {
        /// <summary>Upload chunks that may be under way without acknowledgement; together they fit the serial port's buffer.</summary>
        internal const int Window = 16;

        private readonly BoardProfile _profile;
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly EventSender _events;
        private readonly UploadReceiver _receiver = new UploadReceiver();
        private readonly UploadBegin _begin = new UploadBegin();
        private readonly UploadReady _ready = new UploadReady();
        private readonly UploadAck _ack = new UploadAck();
        private readonly ImageInfo _info = new ImageInfo();
        private readonly ImageReadRequest _read = new ImageReadRequest();
        private readonly PersistRequest _persist = new PersistRequest();
        private readonly ImageReadAnswer _part = new ImageReadAnswer();
        private readonly byte[] _piece = new byte[WireFormat.MaxBody];

        internal ImageRequests(BoardProfile profile, NetworkHolder networks, RunControl runs, EventSender events)
        {
            _profile = profile;
            _networks = networks;
            _runs = runs;
            _events = events;
        }

        /// <summary>Answers the request of a link.</summary>
        /// <returns>False when the request does not concern images.</returns>
        internal bool Handle(HostLink link)
        {
            switch (link.Decoder.Type)
            {
                case MessageType.UploadBegin:
                    Begin(link);
                    return true;
                case MessageType.UploadData:
                    Data(link);
                    return true;
                case MessageType.UploadCommit:
                    Commit(link);
                    return true;
                case MessageType.UploadAbort:
                    _receiver.Release();
                    _networks.Restore(_runs);
                    link.BeginAnswer();
                    link.EndAnswer();
                    return true;
                case MessageType.ImageRead:
                    Read(link);
                    return true;
                case MessageType.Persist:
                    Persist(link);
                    return true;
                case MessageType.Erase:
                    Erase(link);
                    return true;
                default:
                    return false;
            }
        }

        private void Begin(HostLink link)
        {
            if (!_begin.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (!_begin.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
                return;
            }

            if (_begin.Length <= 0 || _begin.Length > _profile.MaxImageBytes)
            {
                link.Refuse(ErrorCode.ImageTooLarge, _profile.MaxImageBytes);
                return;
            }

            _receiver.Release();
            int code = _networks.Expect(_begin.Length, _begin.Target, _runs);
            if (code != ErrorCode.None)
            {
                link.Refuse(code, _networks.Detail);
                return;
            }

            try
            {
                _receiver.Begin(_begin.Length, link.Encoder.MaxBody, Window);
            }
            catch (OutOfMemoryException)
            {
                _receiver.Release();
                _networks.Restore(_runs);
                link.Refuse(ErrorCode.NotEnoughMemory, _begin.Length);
                return;
            }

            _ready.ChunkSize = link.Encoder.MaxBody;
            _ready.Window = Window;
            _ready.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Data(HostLink link)
        {
            if (_receiver.Image == null)
            {
                link.Refuse(ErrorCode.NoUpload, 0);
                return;
            }

            if (_receiver.Take(link.Decoder.Sequence, link.Decoder.Body))
            {
                _ack.NextOffset = _receiver.NextOffset;
                _ack.Write(link.BeginAnswer());
                link.EndAnswer();
            }
        }

        private void Commit(HostLink link)
        {
            if (_receiver.Image == null)
            {
                link.Refuse(ErrorCode.NoUpload, 0);
                return;
            }

            if (!_receiver.Complete)
            {
                link.Refuse(ErrorCode.UploadIncomplete, _receiver.NextOffset);
                return;
            }

            if (_receiver.ComputeCrc() != _begin.Crc)
            {
                _receiver.Release();
                _networks.Restore(_runs);
                link.Refuse(ErrorCode.UploadCorrupt, 0);
                return;
            }

            int code = _networks.Replace(_receiver.Release(), _begin.Target, _begin.StartAtBoot, _runs);
            _events.Reset();
            if (code != ErrorCode.None)
            {
                _networks.Restore(_runs);
                link.Refuse(code, _networks.Detail);
                return;
            }

            AnswerInfo(link);
        }

        private void Read(HostLink link)
        {
            if (!_read.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            IImageSource image = _networks.Picture(_read.Offset == 0);
            if (image == null)
            {
                link.Refuse(ErrorCode.NoNetwork, 0);
                return;
            }

            if (_read.Offset < 0 || _read.Offset >= image.Length)
            {
                link.Refuse(ErrorCode.OutOfRange, image.Length);
                return;
            }

            _part.Write(link.BeginAnswer(), image, _read.Offset, _piece);
            if (_read.Offset + _part.Count == image.Length)
            {
                _networks.ForgetPicture();
            }

            link.EndAnswer();
        }

        private void Persist(HostLink link)
        {
            if (!_persist.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            int code = _networks.Persist(_persist.StartAtBoot);
            if (code != ErrorCode.None)
            {
                link.Refuse(code, _networks.Detail);
                return;
            }

            AnswerInfo(link);
        }

        private void Erase(HostLink link)
        {
            int code = _networks.Erase();
            if (code != ErrorCode.None)
            {
                link.Refuse(code, 0);
                return;
            }

            link.BeginAnswer();
            link.EndAnswer();
        }

        private void AnswerInfo(HostLink link)
        {
            LoadedNetwork network = _networks.Current;
            _info.State = network.IsStored ? ImageState.Stored : ImageState.Memory;
            _info.Generation = network.Generation;
            _info.Length = network.Length;
            _info.Crc = network.Crc;
            _info.Memory = network.Memory;
            _info.Write(link.BeginAnswer());
            link.EndAnswer();
        }
    }
}
