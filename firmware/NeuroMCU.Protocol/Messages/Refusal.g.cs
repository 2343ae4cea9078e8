// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>NACK: a request was refused.</summary>
    public sealed class Nack
    {
        /// <summary>Type of the request.</summary>
        public int Request;

        /// <summary>Why. One of <see cref="ErrorCode" />.</summary>
        public int Code;

        /// <summary>Number that belongs to the code.</summary>
        public int Detail;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Request);
            writer.WriteInt16(Code);
            writer.WriteInt32(Detail);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Request = reader.ReadByte();
            Code = reader.ReadUInt16();
            Detail = reader.ReadInt32();
            return !reader.Failed;
        }
    }

    /// <summary>Why a request was refused or a fault declared. The detail of a NACK or FAULT depends on the code.</summary>
    public static class ErrorCode
    {
        /// <summary>No error.</summary>
        public const int None = 0;

        /// <summary>The device does not know this message type. Detail: the type.</summary>
        public const int UnknownMessage = 1;

        /// <summary>The body does not fit the message type. Detail: the body's length in bytes.</summary>
        public const int BadBody = 2;

        /// <summary>The major numbers of the protocol differ. Detail: the device's version, major · 256 + minor.</summary>
        public const int ProtocolVersion = 3;

        /// <summary>Same version of the protocol, but another message table. Detail: the device's schema hash.</summary>
        public const int SchemaMismatch = 4;

        /// <summary>The connection needs HELLO first.</summary>
        public const int HelloNeeded = 5;

        /// <summary>The connection needs authentication first.</summary>
        public const int AuthenticationNeeded = 6;

        /// <summary>The proof of the pre-shared key is wrong; the connection is closed. Detail: 0.</summary>
        public const int WrongKey = 7;

        /// <summary>The device has no key, so that it accepts nobody on this transport.</summary>
        public const int NoKey = 8;

        /// <summary>Too many wrong proofs. Only from older devices. Detail: ms to wait.</summary>
        public const int AuthenticationLocked = 9;

        /// <summary>There is no network in the device.</summary>
        public const int NoNetwork = 20;

        /// <summary>Not possible during a run.</summary>
        public const int Running = 21;

        /// <summary>Possible only during a run.</summary>
        public const int NotRunning = 22;

        /// <summary>The device is in the fault state: FAULT_CLEAR first. Detail: the fault's code.</summary>
        public const int Faulted = 23;

        /// <summary>An index is out of range. Detail: first index that does not exist (INJECT: the neuron that is no source).</summary>
        public const int OutOfRange = 24;

        /// <summary>A value is out of range. Detail: the value.</summary>
        public const int BadValue = 25;

        /// <summary>Another host controls the device.</summary>
        public const int OtherHost = 26;

        /// <summary>The board has no such neuron channel, or the channel lacks the part that is asked for. Detail: the channel.</summary>
        public const int NoChannel = 27;

        /// <summary>The code is above what the board profile lets the channel be driven with. Detail: channel · 65536 + limit.</summary>
        public const int DriveLimit = 28;

        /// <summary>Not possible while channels are measured.</summary>
        public const int Measuring = 29;

        /// <summary>There is no finished measurement. Detail: its state, one of <see cref="MeasureState" />.</summary>
        public const int NoMeasurement = 30;

        /// <summary>A network with neurons of the board runs in real time only.</summary>
        public const int RealTimeOnly = 31;

        /// <summary>The number cannot change in a loaded network: load the network anew. Detail: the table.</summary>
        public const int Fixed = 32;

        /// <summary>There is no upload to which the message could belong.</summary>
        public const int NoUpload = 40;

        /// <summary>The image is longer than the device can hold. Detail: most bytes that it can hold.</summary>
        public const int ImageTooLarge = 41;

        /// <summary>Chunks are missing. Detail: next expected byte.</summary>
        public const int UploadIncomplete = 42;

        /// <summary>The CRC of the uploaded bytes differs from the announced one.</summary>
        public const int UploadCorrupt = 43;

        /// <summary>The image is inconsistent. Detail: code of the image reader · 2²⁴ + byte offset, see image.</summary>
        public const int ImageInvalid = 44;

        /// <summary>The image is bound to another board. Detail: the image's board id.</summary>
        public const int OtherBoard = 45;

        /// <summary>The network needs more memory than the device has. Detail: bytes needed.</summary>
        public const int NotEnoughMemory = 46;

        /// <summary>
        /// The network in memory is not stored and there is no room for both: store it first, or restart. Detail: bytes needed.
        /// </summary>
        public const int UnsavedNetwork = 47;

        /// <summary>The store could not be written, or gave back something else. The stored network is still the former one.</summary>
        public const int StoreWrite = 48;

        /// <summary>The network needs a neuron channel that the board does not have. Detail: the channel.</summary>
        public const int MissingChannel = 49;

        /// <summary>The stored network cannot be loaded. Detail: why, another code of this list.</summary>
        public const int StoreLoad = 50;

        /// <summary>The image has drive tables that another device was calibrated with. Detail: CRC-32 of that device's id.</summary>
        public const int OtherCalibration = 51;

        /// <summary>Fault: a turn of the main loop was longer than the watchdog allows. Detail: µs.</summary>
        public const int Watchdog = 60;

        /// <summary>Fault: the engine or a driver threw. Detail: where, one of <see cref="FaultPlace" />.</summary>
        public const int Exception = 61;

        /// <summary>The host that the run depended on fell silent (state safe, not fault). Detail: ms since its last frame.</summary>
        public const int LinkLost = 62;

        /// <summary>Fault: an output could not be driven. Detail: its number.</summary>
        public const int Output = 63;

        /// <summary>Fault: the microphones gave no data. Detail: ms waited.</summary>
        public const int Microphones = 64;

        /// <summary>Fault: both slots of the store are damaged; the device starts empty.</summary>
        public const int StoreCorrupt = 65;

        /// <summary>Fault: a neuron channel could not be driven or read. Detail: the channel.</summary>
        public const int Channel = 66;

        /// <summary>The board has no node array.</summary>
        public const int NoNodes = 70;

        /// <summary>There is no such node. Detail: the node.</summary>
        public const int NoNode = 71;

        /// <summary>The amplitude is beyond the board profile, or reaches no node. Detail: largest amplitude in mV.</summary>
        public const int NodeAmplitude = 72;

        /// <summary>The width, or the pulses together, last longer than the board profile allows. Detail: longest width in µs.</summary>
        public const int NodeWidth = 73;

        /// <summary>The current is beyond the board profile. Detail: largest current in µA.</summary>
        public const int NodeCurrent = 74;

        /// <summary>The node is masked. Detail: the node.</summary>
        public const int NodeMasked = 75;

        /// <summary>The node has been formed, or needs no forming. Detail: the node.</summary>
        public const int NodeFormed = 76;

        /// <summary>The node does not keep what it is given: form it first. Detail: the node.</summary>
        public const int NodeVolatile = 77;

        /// <summary>Work on the node array goes on. Detail: its number.</summary>
        public const int NodeBusy = 78;

        /// <summary>The target is outside what the survey found the node to reach. Detail: the node.</summary>
        public const int NodeRange = 79;

        /// <summary>
        /// A part of the node array could not be driven or read; no voltage is on it. Detail: the node + 256 · the I2C address of its chip
        /// + 65536 · the branch of the bus switch, counted from 1; 0 where there is none.
        /// </summary>
        public const int NodeParts = 80;

        /// <summary>No node is left to work on. Detail: one of <see cref="NodeWork" />.</summary>
        public const int NodeNothing = 81;
    }

    /// <summary>Part of the main loop in which an exception was caught.</summary>
    public static class FaultPlace
    {
        /// <summary>Reading and answering requests.</summary>
        public const int Requests = 1;

        /// <summary>Microphones and front end.</summary>
        public const int Hearing = 2;

        /// <summary>The engine.</summary>
        public const int Engine = 3;

        /// <summary>Read-outs and board outputs.</summary>
        public const int Outputs = 4;

        /// <summary>Sending events.</summary>
        public const int Events = 5;

        /// <summary>Neuron channels.</summary>
        public const int Neurons = 6;

        /// <summary>Node array.</summary>
        public const int Nodes = 7;
    }
}
