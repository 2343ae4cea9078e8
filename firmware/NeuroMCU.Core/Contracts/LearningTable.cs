// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// A rule that changes the weights of one projection while the network runs: variables beside the weights, and what is done with both
    /// where a
    /// spike arrives, where a target fires, where a modulator fires, and at equal intervals.
    /// </summary>
    public sealed class LearningTable
    {
        /// <summary>Synapses that a block works on at a time.</summary>
        public const int Lanes = 16;

        /// <summary>Most synapses of a projection that learns.</summary>
        public const int MaxSynapses = 32767;

        /// <summary>Most variables of a rule.</summary>
        public const int MaxVariables = 16;

        /// <summary>Most spikes that a variable looks back at.</summary>
        public const int MaxLookBack = 255;

        /// <summary>Longest window in µs that spikes are counted in.</summary>
        public const int MaxWindow = 1 << 29;

        /// <summary>Shortest interval in µs between blocks of time.</summary>
        public const int MinInterval = 1000;

        /// <summary>Numbers of a step.</summary>
        public const int StepWords = 8;

        /// <summary>Most steps of a block.</summary>
        public const int MaxSteps = 16;

        /// <summary>A weight at its limit, and the largest value of any variable: Q2.30.</summary>
        public const int One = 1 << 30;

        /// <summary>Index of the projection.</summary>
        public int Projection;

        /// <summary>Population whose spikes run the block of <see cref="LearningEvent.Modulation" />; −1 for none.</summary>
        public int Modulator;

        /// <summary>
        /// Weight at the upper end of its range, in units of the projection's scale: −32767 to 32767 without 0. The lower end is 0.
        /// </summary>
        public int Limit;

        /// <summary>Interval in µs between blocks of <see cref="LearningEvent.Time" />; 0 for none.</summary>
        public int Interval;

        /// <summary>True when what is sent is a value of its own rather than the weight.</summary>
        public bool Sends;

        /// <summary>Variables beside the weight.</summary>
        public LearningVariable[] Variables;

        /// <summary>What is done, at most one block for each event.</summary>
        public LearningBlock[] Blocks;
    }

    /// <summary>A variable of a rule.</summary>
    public sealed class LearningVariable
    {
        /// <summary>What has one of its own, one of <see cref="LearningOwner" />.</summary>
        public int Owner;

        /// <summary>How it goes on between events, one of <see cref="LearningCourse" />.</summary>
        public int Course;

        /// <summary>Value at the start, between <see cref="Most" /> and its negative.</summary>
        public int Start;

        /// <summary>Largest magnitude, up to 2^30. Of what counts: the value of one arrival.</summary>
        public int Most;

        /// <summary>Of what decays: log2(e)/τ per µs, Q.40. Of what counts: the window in µs.</summary>
        public long Rate;

        /// <summary>Of what counts: spikes that are looked back at.</summary>
        public int LookBack;
    }

    /// <summary>What a rule does at one kind of event, as a program over lanes of synapses.</summary>
    public sealed class LearningBlock
    {
        /// <summary>The event, one of <see cref="LearningEvent" />.</summary>
        public int Event;

        /// <summary>
        /// What each visible register of the program holds: 0 the weight, 1 what is sent, 2 and more a variable; plus 256 where it is
        /// written back.
        /// </summary>
        public int[] Bindings;

        /// <summary>
        /// What is done instead of the program where it has one of two usual forms, eight numbers each. An addition to what all synapses
        /// of the
        /// event share: 0, variable, amount, 0, … A change of each synapse: 1, what is changed (0 the weight, 2 and more a variable of
        /// synapses), a
        /// variable T, k, a shared variable v or −1, l, 0, s: by (T·(k + (l·v >> 30))) >> s. Empty where the program runs.
        /// </summary>
        public int[] Steps;

        /// <summary>The program, as that of a population of as many neurons as there are lanes.</summary>
        public PopulationTable Program;
    }

    /// <summary>What a variable of a rule belongs to.</summary>
    public static class LearningOwner
    {
        /// <summary>A source neuron, or each of its delays where it has several.</summary>
        public const int Source = 0;

        /// <summary>A target neuron.</summary>
        public const int Target = 1;

        /// <summary>A synapse.</summary>
        public const int Synapse = 2;

        /// <summary>The whole projection.</summary>
        public const int Projection = 3;
    }

    /// <summary>How a variable goes on between events.</summary>
    public static class LearningCourse
    {
        /// <summary>It stays.</summary>
        public const int Stays = 0;

        /// <summary>It decays.</summary>
        public const int Decays = 1;

        /// <summary>It is the number of arrivals within a window; of sources only.</summary>
        public const int Counts = 2;
    }

    /// <summary>What a block answers to.</summary>
    public static class LearningEvent
    {
        /// <summary>A spike arrives.</summary>
        public const int Arrival = 0;

        /// <summary>A target neuron fires.</summary>
        public const int Firing = 1;

        /// <summary>The modulator fires; all synapses take part.</summary>
        public const int Modulation = 2;

        /// <summary>An interval has passed; all synapses take part.</summary>
        public const int Time = 3;

        /// <summary>Number of kinds.</summary>
        public const int Count = 4;
    }
}
