// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>HELLO, PING and authentication.</summary>
    internal sealed class SessionRequests
    {
        private readonly BoardProfile _profile;
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly HelloRequest _hello = new HelloRequest();
        private readonly HelloAnswer _answer = new HelloAnswer();
        private readonly PingAnswer _ping = new PingAnswer();
        private readonly AuthNonce _nonce = new AuthNonce();
        private readonly AuthProof _proof = new AuthProof();
        private readonly Random _random = new Random();

        /// <summary>Initializes a new instance of the <see cref="SessionRequests" /> class.</summary>
        /// <param name="resetReason">Why it started, one of <see cref="ResetReason" />.</param>
        internal SessionRequests(BoardProfile profile, byte[] deviceId, int resetReason, NetworkHolder networks, RunControl runs)
        {
            _profile = profile;
            _networks = networks;
            _runs = runs;
            _answer.Schema = MessageTable.Hash;
            _answer.Firmware = FirmwareVersion.Number;
            _answer.BoardId = profile.BoardId;
            _answer.BoardName = Short(System.Text.Encoding.UTF8.GetBytes(profile.Name), 32);
            _answer.DeviceId = Short(deviceId, 16);
            _answer.ResetReason = resetReason;
            _answer.UploadWindow = ImageRequests.Window;
            _answer.MaxImage = profile.MaxImageBytes;
            _answer.MaxMemory = profile.MaxNetworkBytes;
        }

        /// <summary>Answers the request of a link.</summary>
        internal void Handle(HostLink link, long now)
        {
            switch (link.Decoder.Type)
            {
                case MessageType.Hello:
                    Hello(link);
                    return;
                case MessageType.Ping:
                    _ping.Time = now;
                    _ping.Write(link.BeginAnswer());
                    link.EndAnswer();
                    return;
                case MessageType.AuthBegin:
                    BeginAuthentication(link, now);
                    return;
                default:
                    Prove(link);
                    return;
            }
        }

        private static byte[] Short(byte[] text, int most)
        {
            if (text.Length <= most)
            {
                return text;
            }

            byte[] part = new byte[most];
            Array.Copy(text, 0, part, 0, most);
            return part;
        }

        private void Hello(HostLink link)
        {
            if (!_hello.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (_hello.Major != WireFormat.ProtocolMajor)
            {
                link.Refuse(ErrorCode.ProtocolVersion, (WireFormat.ProtocolMajor << 8) | WireFormat.ProtocolMinor);
                return;
            }

            // Another minor version may have another table and still be understood; the same version may not.
            if (_hello.Minor == WireFormat.ProtocolMinor && _hello.Schema != 0 && _hello.Schema != MessageTable.Hash)
            {
                link.Refuse(ErrorCode.SchemaMismatch, unchecked((int)MessageTable.Hash));
                return;
            }

            link.Greet(_hello.Session);
            LoadedNetwork network = _networks.Current;
            _answer.AuthenticationNeeded = !link.Trusted;
            _answer.SpikeCapacity = network == null ? 0 : network.Engine.Spikes.Capacity;
            _answer.Step = network == null ? 0 : network.Engine.Tables.Step;
            _answer.Neurons = network == null ? 0 : network.Engine.NeuronCount;
            _answer.Synapses = network == null ? 0 : network.Engine.SynapseCount;
            _answer.Image = network == null ? ImageState.None : network.IsStored ? ImageState.Stored : ImageState.Memory;
            _answer.Generation = network == null ? 0 : network.Generation;
            _answer.ImageLength = network == null ? 0 : network.Length;
            _answer.ImageCrc = network == null ? 0 : network.Crc;
            _answer.State = _runs.State;
            _answer.Fault = _runs.Fault;
            _answer.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void BeginAuthentication(HostLink link, long now)
        {
            byte[] key = _profile.LinkKey;
            if (key == null || key.Length < KeyExchange.MinKeySize)
            {
                link.Refuse(ErrorCode.NoKey, 0);
                return;
            }

            if (!_nonce.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            // A host that asks again, because the answer came late, may use either answer.
            if (link.HostNonce == null || !FrameSeal.Same(link.HostNonce, 0, _nonce.Nonce, 0, KeyExchange.NonceSize))
            {
                byte[] host = new byte[KeyExchange.NonceSize];
                Array.Copy(_nonce.Nonce, 0, host, 0, host.Length);
                link.DeviceNonce = KeyExchange.MakeNonce(key, _random, now, host);
                link.HostNonce = host;
            }

            Array.Copy(link.DeviceNonce, 0, _nonce.Nonce, 0, KeyExchange.NonceSize);
            _nonce.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Prove(HostLink link)
        {
            if (link.HostNonce == null || !_proof.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            byte[] key = _profile.LinkKey;
            byte[] host = link.HostNonce;
            byte[] own = link.DeviceNonce;

            // A pair of nonces is good for one try.
            link.HostNonce = null;
            byte[] expected = KeyExchange.HostProof(key, host, own);
            if (!FrameSeal.Same(expected, 0, _proof.Proof, 0, expected.Length))
            {
                link.Pause();
                return;
            }

            Array.Copy(KeyExchange.DeviceProof(key, host, own), 0, _proof.Proof, 0, KeyExchange.ProofSize);
            _proof.Write(link.BeginAnswer());

            // The answer itself still goes out open; the host can only check it before it has the session's key.
            link.NextSeal = new FrameSeal(KeyExchange.SessionKey(key, host, own), true);
            link.EndAnswer();
        }
    }
}
