// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Models.Machine;

namespace NeuroMCU.Models.Learning
{
    /// <summary>What a rule does at one kind of event: a program whose registers are lanes of synapses.</summary>
    internal sealed class RuleBlock : VectorMachine
    {
        /// <summary>Set in a binding that is written back.</summary>
        internal const int Stored = 256;

        internal readonly int Event;

        /// <summary>What the visible registers hold: 0 the weight, 1 what is sent, 2 and more a variable.</summary>
        internal readonly int[] Bindings;

        /// <summary>What is done instead of the program; empty where it runs.</summary>
        internal readonly int[] Steps;

        /// <summary>IL instructions of a lane, about.</summary>
        internal readonly int Work;

        private readonly int[] _visible;

        internal RuleBlock(LearningBlock table)
            : base(table.Program.Program, LearningTable.Lanes)
        {
            Event = table.Event;
            Bindings = table.Bindings;
            _visible = table.Program.Program.Visible;
            Steps = table.Steps;
            Work = Steps.Length > 0 ? 30 : WorkOf(table.Program.Program, 1) + (20 * Bindings.Length);
        }

        /// <summary>Register of a binding; two registers may change places in a run.</summary>
        internal int[] Lanes(int binding)
        {
            return Register(_visible[binding]);
        }

        /// <inheritdoc />
        protected override void Fire(int neuron, int time)
        {
            // A synapse does not fire.
        }
    }
}
