// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    public static partial class MessageType
    {
        /// <summary>First frame of a connection: versions, identity, limits.</summary>
        public const int Hello = 0x01;

        /// <summary>Asks for a sign of life.</summary>
        public const int Ping = 0x02;

        /// <summary>Opens mutual authentication: nonces.</summary>
        public const int AuthBegin = 0x03;

        /// <summary>Closes mutual authentication: proofs. The frames that follow are sealed.</summary>
        public const int AuthProve = 0x04;

        /// <summary>Announces an image.</summary>
        public const int UploadBegin = 0x10;

        /// <summary>A chunk of the image; its sequence field is the chunk's number. Answered by a cumulative acknowledgement.</summary>
        public const int UploadData = 0x11;

        /// <summary>Checks the uploaded image and makes it the loaded one.</summary>
        public const int UploadCommit = 0x12;

        /// <summary>Forgets an upload.</summary>
        public const int UploadAbort = 0x13;

        /// <summary>Reads back a part of the loaded image, with its current weights.</summary>
        public const int ImageRead = 0x14;

        /// <summary>Stores the loaded network with its current weights; a run goes on.</summary>
        public const int Persist = 0x15;

        /// <summary>Deletes the stored networks; the loaded one stays in memory, and a run goes on.</summary>
        public const int Erase = 0x16;

        /// <summary>Starts a run from the present network time on.</summary>
        public const int Start = 0x20;

        /// <summary>Ends a run. Also good without one.</summary>
        public const int Stop = 0x21;

        /// <summary>Runs for a time as fast as possible.</summary>
        public const int Step = 0x22;

        /// <summary>Sets the network back to time 0; weights stay.</summary>
        public const int Reset = 0x23;

        /// <summary>Makes source neurons fire.</summary>
        public const int Inject = 0x24;

        /// <summary>Reads how often values of the populations were cut off.</summary>
        public const int Saturations = 0x25;

        /// <summary>Freezes the weights of projections that learn, lets them go again, or asks.</summary>
        public const int Learning = 0x26;

        /// <summary>Changes a number of the loaded network, also while it runs.</summary>
        public const int Change = 0x27;

        /// <summary>Reads a block of weights; a single one is a block of one.</summary>
        public const int WeightsRead = 0x28;

        /// <summary>Writes a block of weights, −32767 to 32767.</summary>
        public const int WeightsWrite = 0x29;

        /// <summary>Reads the state of device and run.</summary>
        public const int State = 0x30;

        /// <summary>Reads all counters.</summary>
        public const int Counters = 0x31;

        /// <summary>Reads membrane values, Q8.24.</summary>
        public const int Membrane = 0x32;

        /// <summary>Runs the self-test; not during a run.</summary>
        public const int SelfTest = 0x33;

        /// <summary>Leaves the fault or safe state for idle.</summary>
        public const int FaultClear = 0x34;

        /// <summary>Fetches the intervals between the spikes of the last measurement.</summary>
        public const int BoardIntervals = 0x35;

        /// <summary>Sets an output of the board.</summary>
        public const int BoardOutput = 0x36;

        /// <summary>How fast a neuron channel fired at which drive in the last run, to compare with a calibration.</summary>
        public const int BoardTally = 0x37;

        /// <summary>Lists the neuron channels of the board.</summary>
        public const int BoardInfo = 0x38;

        /// <summary>Drives a neuron channel until something else is said.</summary>
        public const int BoardDrive = 0x39;

        /// <summary>Reads what a neuron channel senses, several times in a row.</summary>
        public const int BoardSense = 0x3A;

        /// <summary>Presses the reset of a neuron channel for a time.</summary>
        public const int BoardReset = 0x3B;

        /// <summary>Starts a measurement of neuron channels.</summary>
        public const int BoardMeasure = 0x3C;

        /// <summary>Asks how far the measurement is.</summary>
        public const int BoardProgress = 0x3D;

        /// <summary>Fetches the results of the measurement.</summary>
        public const int BoardResult = 0x3E;

        /// <summary>Ends the measurement and brings every output to its safe level.</summary>
        public const int BoardSafe = 0x3F;

        /// <summary>Event: Spikes.</summary>
        public const int Spikes = 0x40;

        /// <summary>Event: Samples of membrane traces.</summary>
        public const int Traces = 0x41;

        /// <summary>Event: A read-out has a new value.</summary>
        public const int Readout = 0x42;

        /// <summary>Event: A line of text in UTF-8, without line end.</summary>
        public const int Log = 0x43;

        /// <summary>Event: A fault has occurred.</summary>
        public const int Fault = 0x44;

        /// <summary>Event: A run has ended, with its totals.</summary>
        public const int RunEnded = 0x45;

        /// <summary>Event: Something is wrong with a neuron channel, or is right again.</summary>
        public const int Channel = 0x46;

        /// <summary>Describes the node array of the board and its limits.</summary>
        public const int NodeInfo = 0x60;

        /// <summary>Reads nodes below the voltage that could move them, each several times.</summary>
        public const int NodeRead = 0x61;

        /// <summary>Applies equal pulses to a node, then reads it once.</summary>
        public const int NodePulse = 0x62;

        /// <summary>Sets the targets of nodes.</summary>
        public const int NodeTargets = 0x63;

        /// <summary>Starts work on nodes.</summary>
        public const int NodeStart = 0x64;

        /// <summary>Asks how far the work is.</summary>
        public const int NodeProgress = 0x65;

        /// <summary>Fetches what came out, node by node.</summary>
        public const int NodeResults = 0x66;

        /// <summary>Fetches pulses and readings of the work, from a step on; those before it are then forgotten.</summary>
        public const int NodeSteps = 0x67;

        /// <summary>Lists what the device knows of its nodes.</summary>
        public const int NodeList = 0x68;

        /// <summary>Sets the mode of a node, masks it, or gives it the range that a survey found.</summary>
        public const int NodeSet = 0x69;

        /// <summary>Stores modes, targets, ranges and the lesson, so that they outlive the power: a checkpoint.</summary>
        public const int NodeStore = 0x6A;

        /// <summary>Ends the work; the node has no voltage on it then.</summary>
        public const int NodeCancel = 0x6B;

        /// <summary>Forgets modes, targets and ranges, stored ones too. The nodes stay as they are.</summary>
        public const int NodeForget = 0x6C;

        /// <summary>Prepares nodes to learn a task: rows take inputs, columns give answers. Counters begin at 0.</summary>
        public const int NodeLearn = 0x6D;

        /// <summary>
        /// Shows inputs. The column with the largest sum of input times reading answers; told the right answer, nodes learn it by pulses.
        /// </summary>
        public const int NodeShow = 0x6E;

        /// <summary>Asks what is being learned, and how far it is.</summary>
        public const int NodeLesson = 0x6F;

        /// <summary>Answer: The request was refused.</summary>
        public const int Nack = 0xFF;
    }

    /// <summary>The layout of all messages as one number.</summary>
    public static class MessageTable
    {
        /// <summary>
        /// FNV-1a hash (32 bits) of the message table in docs/reference/wire.md. It travels in HELLO: ends whose layouts differ find out at
        /// once instead of misreading each other.
        /// </summary>
        public const uint Hash = 0x7E1A3AA0;
    }
}
