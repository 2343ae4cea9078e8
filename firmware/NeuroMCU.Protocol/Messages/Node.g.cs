// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>NODE_INFO answer: the node array of the board, from its profile.</summary>
    public sealed class NodeInfo
    {
        /// <summary>Nodes are set rather than pulsed. A value of <see cref="Flags" />.</summary>
        public const int SetsDirectly = 1;

        /// <summary>No node keeps what it is given. A value of <see cref="Flags" />.</summary>
        public const int Forgets = 2;

        /// <summary>Rows; 0 when the board has no nodes.</summary>
        public int Rows;

        /// <summary>Columns. Nodes are counted row by row.</summary>
        public int Columns;

        /// <summary>What it is made of.</summary>
        public int Kind;

        /// <summary>Bits.</summary>
        public int Flags;

        /// <summary>Conductance that a reading of 1000000 stands for. In pS.</summary>
        public int FullScale;

        /// <summary>Voltage of a reading. In mV.</summary>
        public int ReadMillivolts;

        /// <summary>Voltage above which a node may move. In mV.</summary>
        public int DisturbMillivolts;

        /// <summary>Voltage of a full pulse. In mV.</summary>
        public int PulseMillivolts;

        /// <summary>Width of a full pulse. In µs.</summary>
        public int PulseMicroseconds;

        /// <summary>Share of the remaining range that a full pulse goes. In 1/1000000.</summary>
        public int PulseShare;

        /// <summary>Largest voltage. In mV.</summary>
        public int MaxMillivolts;

        /// <summary>Longest pulse. In µs.</summary>
        public int MaxMicroseconds;

        /// <summary>Largest current. In µA.</summary>
        public int MaxMicroamperes;

        /// <summary>First voltage of the forming staircase; 0 when nodes need no forming. In mV.</summary>
        public int FormFromMillivolts;

        /// <summary>Last voltage of the forming staircase. In mV.</summary>
        public int FormToMillivolts;

        /// <summary>Time after which a volatile node has lost what it was given. In ms.</summary>
        public int SettleMilliseconds;

        /// <summary>Standard deviation of a reading relative to it. In 1/1000000.</summary>
        public int ReadNoise;

        /// <summary>Generation of what is stored about the nodes; 0 when nothing is.</summary>
        public uint Generation;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt16(Rows);
            writer.WriteInt16(Columns);
            writer.WriteByte(Kind);
            writer.WriteByte(Flags);
            writer.WriteInt32(FullScale);
            writer.WriteInt16(ReadMillivolts);
            writer.WriteInt16(DisturbMillivolts);
            writer.WriteInt16(PulseMillivolts);
            writer.WriteInt32(PulseMicroseconds);
            writer.WriteInt32(PulseShare);
            writer.WriteInt16(MaxMillivolts);
            writer.WriteInt32(MaxMicroseconds);
            writer.WriteInt32(MaxMicroamperes);
            writer.WriteInt16(FormFromMillivolts);
            writer.WriteInt16(FormToMillivolts);
            writer.WriteInt32(SettleMilliseconds);
            writer.WriteInt32(ReadNoise);
            writer.WriteUInt32(Generation);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it is too short.</returns>
        public bool Read(BodyReader reader)
        {
            Rows = reader.ReadUInt16();
            Columns = reader.ReadUInt16();
            Kind = reader.ReadByte();
            Flags = reader.ReadByte();
            FullScale = reader.ReadInt32();
            ReadMillivolts = reader.ReadUInt16();
            DisturbMillivolts = reader.ReadUInt16();
            PulseMillivolts = reader.ReadUInt16();
            PulseMicroseconds = reader.ReadInt32();
            PulseShare = reader.ReadInt32();
            MaxMillivolts = reader.ReadUInt16();
            MaxMicroseconds = reader.ReadInt32();
            MaxMicroamperes = reader.ReadInt32();
            FormFromMillivolts = reader.ReadUInt16();
            FormToMillivolts = reader.ReadUInt16();
            SettleMilliseconds = reader.ReadInt32();
            ReadNoise = reader.ReadInt32();
            Generation = reader.ReadUInt32();
            return !reader.Failed;
        }
    }

    /// <summary>NODE_READ request.</summary>
    public sealed class NodeReadRequest
    {
        /// <summary>Most readings of one node in a request. A value of <see cref="Samples" />.</summary>
        public const int MaxSamples = 64;

        /// <summary>First node.</summary>
        public int First;

        /// <summary>Nodes. 1 to 16.</summary>
        public int Count;

        /// <summary>Readings of each node. 1 to 64.</summary>
        public int Samples;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(First);
            writer.WriteByte(Count);
            writer.WriteByte(Samples);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            First = reader.ReadByte();
            Count = reader.ReadByte();
            Samples = reader.ReadByte();
            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Count < 1 || Count > 16)
            {
                bad = Count;
                return false;
            }

            if (Samples < 1 || Samples > 64)
            {
                bad = Samples;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>NODE_READ answer.</summary>
    public sealed class NodeReadings
    {
        /// <summary>Most nodes in one message.</summary>
        public const int MaxNodes = 16;

        /// <summary>Clock of the device after the last reading. In µs.</summary>
        public long Time;

        /// <summary>First node.</summary>
        public int First;

        /// <summary>Nodes.</summary>
        public int Count;

        /// <summary>Mean of the readings, in millionths of full scale. In 1/1000000.</summary>
        public readonly int[] Means = new int[MaxNodes];

        /// <summary>Smallest reading. In 1/1000000.</summary>
        public readonly int[] Lowest = new int[MaxNodes];

        /// <summary>Largest reading. In 1/1000000.</summary>
        public readonly int[] Highest = new int[MaxNodes];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt64(Time);
            writer.WriteByte(First);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteInt32(Means[k]);
                writer.WriteInt32(Lowest[k]);
                writer.WriteInt32(Highest[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Time = reader.ReadInt64();
            First = reader.ReadByte();
            Count = reader.ReadByte();
            if (Count > MaxNodes)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Means[k] = reader.ReadInt32();
                Lowest[k] = reader.ReadInt32();
                Highest[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }

    /// <summary>NODE_PULSE request.</summary>
    public sealed class NodePulse
    {
        /// <summary>The node.</summary>
        public int Node;

        /// <summary>Amplitude; positive raises the conductance. In mV.</summary>
        public int Millivolts;

        /// <summary>Width of each pulse. In µs, 1 to 60000000.</summary>
        public int Microseconds;

        /// <summary>Largest current; 0 for the profile's. In µA.</summary>
        public int Microamperes;

        /// <summary>Pulses. Together they last 20 ms at most, unless it is one. 1 to 64.</summary>
        public int Count;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Node);
            writer.WriteInt16(Millivolts);
            writer.WriteInt32(Microseconds);
            writer.WriteInt32(Microamperes);
            writer.WriteByte(Count);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Node = reader.ReadByte();
            Millivolts = reader.ReadInt16();
            Microseconds = reader.ReadInt32();
            Microamperes = reader.ReadInt32();
            Count = reader.ReadByte();
            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Microseconds < 1 || Microseconds > 60000000)
            {
                bad = Microseconds;
                return false;
            }

            if (Count < 1 || Count > 64)
            {
                bad = Count;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>NODE_PULSE answer.</summary>
    public sealed class NodePulsed
    {
        /// <summary>Clock of the device after the reading. In µs.</summary>
        public long Time;

        /// <summary>Time until a long pulse is over; 0 for short ones. In µs.</summary>
        public int Left;

        /// <summary>One reading after the pulses; before the end of a long one, one from before it. In 1/1000000.</summary>
        public int Reading;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt64(Time);
            writer.WriteInt32(Left);
            writer.WriteInt32(Reading);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Time = reader.ReadInt64();
            Left = reader.ReadInt32();
            Reading = reader.ReadInt32();
            return reader.Complete;
        }
    }

    /// <summary>NODE_TARGETS request.</summary>
    public sealed class NodeTargets
    {
        /// <summary>Most nodes in one message.</summary>
        public const int MaxNodes = 48;

        /// <summary>The node has none. A value of <see cref="Targets" />.</summary>
        public const int None = -2147483648;

        /// <summary>First node.</summary>
        public int First;

        /// <summary>Nodes. 1 to 48.</summary>
        public int Count;

        /// <summary>Target in millionths of full scale. In 1/1000000.</summary>
        public readonly int[] Targets = new int[MaxNodes];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(First);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteInt32(Targets[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            First = reader.ReadByte();
            Count = reader.ReadByte();
            if (Count > MaxNodes)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Targets[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Count < 1)
            {
                bad = Count;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>NODE_START request.</summary>
    public sealed class NodeStart
    {
        /// <summary>What is to be done. One of <see cref="NodeWork" />. 1 to 5.</summary>
        public int Work;

        /// <summary>How nodes are brought to their targets. One of <see cref="NodeRule" />. 0 to 1.</summary>
        public int Rule;

        /// <summary>Most passes over the array; they end when one changes nothing. 1 to 8.</summary>
        public int Passes;

        /// <summary>Most pulses for a node in a pass. 1 to 400.</summary>
        public int Most;

        /// <summary>How far from its target a node may be, of full scale. In 1/1000000, 1000 to 200000.</summary>
        public int Tolerance;

        /// <summary>Nodes, one bit each, node 0 the lowest bit of the first byte.</summary>
        public readonly byte[] Chosen = new byte[32];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Work);
            writer.WriteByte(Rule);
            writer.WriteByte(Passes);
            writer.WriteInt16(Most);
            writer.WriteInt32(Tolerance);
            writer.WriteBytes(Chosen, 0, Chosen.Length);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Work = reader.ReadByte();
            Rule = reader.ReadByte();
            Passes = reader.ReadByte();
            Most = reader.ReadUInt16();
            Tolerance = reader.ReadInt32();
            reader.ReadBytes(Chosen, 0, Chosen.Length);
            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Work < 1 || Work > 5)
            {
                bad = Work;
                return false;
            }

            if (Rule > 1)
            {
                bad = Rule;
                return false;
            }

            if (Passes < 1 || Passes > 8)
            {
                bad = Passes;
                return false;
            }

            if (Most < 1 || Most > 400)
            {
                bad = Most;
                return false;
            }

            if (Tolerance < 1000 || Tolerance > 200000)
            {
                bad = Tolerance;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>NODE_START, NODE_PROGRESS and NODE_CANCEL answer.</summary>
    public sealed class NodeProgress
    {
        /// <summary>Number of the work, 1 to 255; 0 before the first.</summary>
        public int Number;

        /// <summary>What it is. One of <see cref="NodeWork" />.</summary>
        public int Work;

        /// <summary>How far it is. One of <see cref="NodeState" />.</summary>
        public int State;

        /// <summary>Node that it is at.</summary>
        public int Node;

        /// <summary>Nodes that are through with this pass.</summary>
        public int Done;

        /// <summary>Nodes that it is about.</summary>
        public int Nodes;

        /// <summary>Pass, from 1 on.</summary>
        public int Pass;

        /// <summary>Pulses so far.</summary>
        public int Pulses;

        /// <summary>Readings so far.</summary>
        public int Reads;

        /// <summary>Steps so far, for NODE_STEPS.</summary>
        public int Steps;

        /// <summary>Time until a long pulse of NODE_PULSE is over. In µs.</summary>
        public int Left;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Number);
            writer.WriteByte(Work);
            writer.WriteByte(State);
            writer.WriteByte(Node);
            writer.WriteInt16(Done);
            writer.WriteInt16(Nodes);
            writer.WriteByte(Pass);
            writer.WriteInt32(Pulses);
            writer.WriteInt32(Reads);
            writer.WriteInt32(Steps);
            writer.WriteInt32(Left);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Number = reader.ReadByte();
            Work = reader.ReadByte();
            State = reader.ReadByte();
            Node = reader.ReadByte();
            Done = reader.ReadUInt16();
            Nodes = reader.ReadUInt16();
            Pass = reader.ReadByte();
            Pulses = reader.ReadInt32();
            Reads = reader.ReadInt32();
            Steps = reader.ReadInt32();
            Left = reader.ReadInt32();
            return reader.Complete;
        }
    }

    /// <summary>NODE_RESULTS answer: what came out, node by node.</summary>
    public sealed class NodeResults
    {
        /// <summary>Most nodes in one message.</summary>
        public const int MaxNodes = 12;

        /// <summary>First node.</summary>
        public int First;

        /// <summary>Nodes.</summary>
        public int Count;

        /// <summary>What came out. One of <see cref="NodeOutcome" />.</summary>
        public readonly int[] Outcomes = new int[MaxNodes];

        /// <summary>Pulses that the node was given.</summary>
        public readonly int[] Pulses = new int[MaxNodes];

        /// <summary>Mean of the last 16 readings. In 1/1000000.</summary>
        public readonly int[] Readings = new int[MaxNodes];

        /// <summary>Low end of its range, where it is known. In 1/1000000.</summary>
        public readonly int[] Lows = new int[MaxNodes];

        /// <summary>High end of its range, where it is known; 0 where it is not. In 1/1000000.</summary>
        public readonly int[] Highs = new int[MaxNodes];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(First);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteByte(Outcomes[k]);
                writer.WriteInt16(Pulses[k]);
                writer.WriteInt32(Readings[k]);
                writer.WriteInt32(Lows[k]);
                writer.WriteInt32(Highs[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            First = reader.ReadByte();
            Count = reader.ReadByte();
            if (Count > MaxNodes)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Outcomes[k] = reader.ReadByte();
                Pulses[k] = reader.ReadUInt16();
                Readings[k] = reader.ReadInt32();
                Lows[k] = reader.ReadInt32();
                Highs[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }

    /// <summary>NODE_STEPS request.</summary>
    public sealed class NodeStepsRequest
    {
        /// <summary>First step that is wanted.</summary>
        public int From;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(From);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            From = reader.ReadInt32();
            return reader.Complete;
        }
    }

    /// <summary>NODE_STEPS answer.</summary>
    public sealed class NodeSteps
    {
        /// <summary>Most steps in one message.</summary>
        public const int MaxSteps = 12;

        /// <summary>First step of this message.</summary>
        public int From;

        /// <summary>Steps.</summary>
        public int Count;

        /// <summary>The node.</summary>
        public readonly int[] Nodes = new int[MaxSteps];

        /// <summary>Amplitude of the pulse; 0 for a reading without one. In mV.</summary>
        public readonly int[] Millivolts = new int[MaxSteps];

        /// <summary>Its width. In µs.</summary>
        public readonly int[] Microseconds = new int[MaxSteps];

        /// <summary>Reading after it. In 1/1000000.</summary>
        public readonly int[] Readings = new int[MaxSteps];

        /// <summary>Time since the work began. In µs.</summary>
        public readonly int[] Times = new int[MaxSteps];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteInt32(From);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteByte(Nodes[k]);
                writer.WriteInt16(Millivolts[k]);
                writer.WriteInt32(Microseconds[k]);
                writer.WriteInt32(Readings[k]);
                writer.WriteInt32(Times[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            From = reader.ReadInt32();
            Count = reader.ReadByte();
            if (Count > MaxSteps)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Nodes[k] = reader.ReadByte();
                Millivolts[k] = reader.ReadInt16();
                Microseconds[k] = reader.ReadInt32();
                Readings[k] = reader.ReadInt32();
                Times[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }

    /// <summary>NODE_LIST answer: what the device knows of its nodes.</summary>
    public sealed class NodeList
    {
        /// <summary>Most nodes in one message.</summary>
        public const int MaxNodes = 12;

        /// <summary>First node.</summary>
        public int First;

        /// <summary>Nodes.</summary>
        public int Count;

        /// <summary>What it does with what it is given. One of <see cref="NodeMode" />.</summary>
        public readonly int[] Modes = new int[MaxNodes];

        /// <summary>1 when nothing may be done to it.</summary>
        public readonly int[] Masked = new int[MaxNodes];

        /// <summary>Its target; the smallest number when it has none. In 1/1000000.</summary>
        public readonly int[] Targets = new int[MaxNodes];

        /// <summary>Low end of its range. In 1/1000000.</summary>
        public readonly int[] Lows = new int[MaxNodes];

        /// <summary>High end of its range; 0 before a survey. In 1/1000000.</summary>
        public readonly int[] Highs = new int[MaxNodes];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(First);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteByte(Modes[k]);
                writer.WriteByte(Masked[k]);
                writer.WriteInt32(Targets[k]);
                writer.WriteInt32(Lows[k]);
                writer.WriteInt32(Highs[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            First = reader.ReadByte();
            Count = reader.ReadByte();
            if (Count > MaxNodes)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Modes[k] = reader.ReadByte();
                Masked[k] = reader.ReadByte();
                Targets[k] = reader.ReadInt32();
                Lows[k] = reader.ReadInt32();
                Highs[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }

    /// <summary>NODE_SET request.</summary>
    public sealed class NodeSet
    {
        /// <summary>The node.</summary>
        public int Node;

        /// <summary>Its mode; 0 leaves it. One of <see cref="NodeMode" />. 0 to 2.</summary>
        public int Mode;

        /// <summary>1 masks it, 0 unmasks it, 2 leaves it. 0 to 2.</summary>
        public int Masked;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Node);
            writer.WriteByte(Mode);
            writer.WriteByte(Masked);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Node = reader.ReadByte();
            Mode = reader.ReadByte();
            Masked = reader.ReadByte();
            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Mode > 2)
            {
                bad = Mode;
                return false;
            }

            if (Masked > 2)
            {
                bad = Masked;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>NODE_LEARN request and answer, NODE_LESSON answer: a lesson.</summary>
    public sealed class NodeLesson
    {
        /// <summary>Number of inputs; 0 in an answer when there is no lesson. 1 to 16.</summary>
        public int Inputs;

        /// <summary>Number of answers. 2 to 16.</summary>
        public int Answers;

        /// <summary>Answers compete by exp(sharpness · sum). 1 to 64.</summary>
        public int Sharpness;

        /// <summary>Width of a learning pulse at the beginning. In µs, 1 to 20000.</summary>
        public int Microseconds;

        /// <summary>Presentations after which it is half as long; 0 when it stays.</summary>
        public int Half;

        /// <summary>Row of each input.</summary>
        public readonly byte[] Rows = new byte[16];

        /// <summary>Column of each answer.</summary>
        public readonly byte[] Columns = new byte[16];

        /// <summary>Presentations that have taught something. Ignored in a request, as what follows.</summary>
        public int Presentations;

        /// <summary>Pulses that raised a node.</summary>
        public int Raised;

        /// <summary>Pulses that lowered a node.</summary>
        public int Lowered;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Inputs);
            writer.WriteByte(Answers);
            writer.WriteByte(Sharpness);
            writer.WriteInt32(Microseconds);
            writer.WriteInt16(Half);
            writer.WriteBytes(Rows, 0, Rows.Length);
            writer.WriteBytes(Columns, 0, Columns.Length);
            writer.WriteInt32(Presentations);
            writer.WriteInt32(Raised);
            writer.WriteInt32(Lowered);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Inputs = reader.ReadByte();
            Answers = reader.ReadByte();
            Sharpness = reader.ReadByte();
            Microseconds = reader.ReadInt32();
            Half = reader.ReadUInt16();
            reader.ReadBytes(Rows, 0, Rows.Length);
            reader.ReadBytes(Columns, 0, Columns.Length);
            Presentations = reader.ReadInt32();
            Raised = reader.ReadInt32();
            Lowered = reader.ReadInt32();
            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Inputs < 1 || Inputs > 16)
            {
                bad = Inputs;
                return false;
            }

            if (Answers < 2 || Answers > 16)
            {
                bad = Answers;
                return false;
            }

            if (Sharpness < 1 || Sharpness > 64)
            {
                bad = Sharpness;
                return false;
            }

            if (Microseconds < 1 || Microseconds > 20000)
            {
                bad = Microseconds;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>NODE_SHOW request.</summary>
    public sealed class NodeShow
    {
        /// <summary>Most inputs.</summary>
        public const int MaxInputs = 16;

        /// <summary>Nothing is learned. A value of <see cref="Right" />.</summary>
        public const int Nothing = 255;

        /// <summary>The right answer, from 0.</summary>
        public int Right;

        /// <summary>Inputs. 1 to 16.</summary>
        public int Count;

        /// <summary>Input, 0 to 65536. In 1/65536.</summary>
        public readonly int[] Inputs = new int[MaxInputs];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Right);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteInt32(Inputs[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Right = reader.ReadByte();
            Count = reader.ReadByte();
            if (Count > MaxInputs)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Inputs[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }

        /// <summary>Checks the values against their ranges.</summary>
        /// <param name="bad">The first value that is out of its range; 0 without one.</param>
        /// <returns>True when all are within.</returns>
        public bool InRange(out int bad)
        {
            if (Count < 1)
            {
                bad = Count;
                return false;
            }

            bad = 0;
            return true;
        }
    }

    /// <summary>NODE_SHOW answer.</summary>
    public sealed class NodeShown
    {
        /// <summary>Most answers.</summary>
        public const int MaxAnswers = 16;

        /// <summary>There was nothing to see. A value of <see cref="Answer" />.</summary>
        public const int Nothing = 255;

        /// <summary>What was answered before learning, from 0; 255 when every input was 0.</summary>
        public int Answer;

        /// <summary>Presentations that have taught something.</summary>
        public int Presentations;

        /// <summary>Pulses of the lesson.</summary>
        public int Pulses;

        /// <summary>Answers.</summary>
        public int Count;

        /// <summary>Sum of input times reading of each answer. In 1/1000000.</summary>
        public readonly int[] Sums = new int[MaxAnswers];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteByte(Answer);
            writer.WriteInt32(Presentations);
            writer.WriteInt32(Pulses);
            writer.WriteByte(Count);
            for (int k = 0; k < Count; k++)
            {
                writer.WriteInt32(Sums[k]);
            }
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Answer = reader.ReadByte();
            Presentations = reader.ReadInt32();
            Pulses = reader.ReadInt32();
            Count = reader.ReadByte();
            if (Count > MaxAnswers)
            {
                return false;
            }

            for (int k = 0; k < Count; k++)
            {
                Sums[k] = reader.ReadInt32();
            }

            return reader.Complete;
        }
    }

    /// <summary>NODE_STORE answer.</summary>
    public sealed class NodeStored
    {
        /// <summary>Generation of what is stored.</summary>
        public uint Generation;

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteUInt32(Generation);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            Generation = reader.ReadUInt32();
            return reader.Complete;
        }
    }

    /// <summary>What a node does with what it is given.</summary>
    public static class NodeMode
    {
        /// <summary>Nothing was said about it.</summary>
        public const int Unknown = 0;

        /// <summary>It forgets by itself.</summary>
        public const int Volatile = 1;

        /// <summary>It keeps what it is given.</summary>
        public const int Keeping = 2;
    }

    /// <summary>Work on nodes.</summary>
    public static class NodeWork
    {
        /// <summary>There was none since the device started.</summary>
        public const int None = 0;

        /// <summary>Brings nodes to their targets by write and verify.</summary>
        public const int Program = 1;

        /// <summary>Forms nodes by a staircase of voltages.</summary>
        public const int Form = 2;

        /// <summary>Brings nodes to their low end.</summary>
        public const int Erase = 3;

        /// <summary>Finds the ends of each node's range, and what is wrong with it.</summary>
        public const int Survey = 4;

        /// <summary>Compares nodes with their targets.</summary>
        public const int Verify = 5;
    }

    /// <summary>How a node is brought to its target.</summary>
    public static class NodeRule
    {
        /// <summary>The width follows the error and its sum; the gain is learned.</summary>
        public const int Proportional = 0;

        /// <summary>The amplitude rises until the node moves far enough.</summary>
        public const int Incremental = 1;
    }

    /// <summary>How far work on the nodes is.</summary>
    public static class NodeState
    {
        /// <summary>There was none since the device started.</summary>
        public const int None = 0;

        /// <summary>It goes on.</summary>
        public const int Going = 1;

        /// <summary>It is done.</summary>
        public const int Done = 2;

        /// <summary>It was ended before its time.</summary>
        public const int Cancelled = 3;

        /// <summary>A part of the array could not be driven or read.</summary>
        public const int Failed = 4;
    }

    /// <summary>What came out for a node.</summary>
    public static class NodeOutcome
    {
        /// <summary>Nothing yet.</summary>
        public const int None = 0;

        /// <summary>It is within the tolerance of its target.</summary>
        public const int Reached = 1;

        /// <summary>It is not, after as many pulses as were allowed.</summary>
        public const int GaveUp = 2;

        /// <summary>Eight full pulses either way did not move it.</summary>
        public const int Stuck = 3;

        /// <summary>The target lies beyond the end of its range.</summary>
        public const int Beyond = 4;

        /// <summary>It has been formed.</summary>
        public const int Formed = 5;

        /// <summary>The last step of the staircase did not form it.</summary>
        public const int NotFormed = 6;

        /// <summary>The work ended while it was at this node.</summary>
        public const int Cancelled = 7;

        /// <summary>The survey found nothing wrong.</summary>
        public const int Good = 8;

        /// <summary>It moves, but much less than a full pulse should.</summary>
        public const int Weak = 9;

        /// <summary>It does not conduct and does not move.</summary>
        public const int Open = 10;

        /// <summary>It is no longer at its target.</summary>
        public const int Drifted = 11;

        /// <summary>It has not been formed.</summary>
        public const int Unformed = 12;
    }
}
