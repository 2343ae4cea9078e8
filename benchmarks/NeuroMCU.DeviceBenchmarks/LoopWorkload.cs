// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>The yardsticks as workloads.</summary>
    public sealed class LoopWorkload : Workload
    {
        /// <summary>Additions.</summary>
        public const int Additions = 0;

        /// <summary>The empty loop of the additions.</summary>
        public const int Empty = 1;

        /// <summary>The leanest loop over neurons.</summary>
        public const int Neurons = 2;

        /// <summary>Number of neurons of the loop.</summary>
        public const int Size = 128;

        private const int Turns = 1000;
        private const int Steps = 20;
        private readonly int _kind;
        private readonly int[] _membrane = new int[Size];
        private readonly int[] _input = new int[Size];

        /// <summary>Initializes a new instance of the <see cref="LoopWorkload" /> class.</summary>
        /// <param name="kind">Which yardstick.</param>
        public LoopWorkload(int kind)
        {
            _kind = kind;
        }

        /// <inheritdoc />
        public override int Windows => 20;

        /// <inheritdoc />
        public override long Units => Windows * (_kind == Neurons ? Steps * Size : Turns * 20);

        /// <inheritdoc />
        public override void Restart()
        {
            for (int i = 0; i < Size; i++)
            {
                _membrane[i] = i << 15;
            }
        }

        /// <inheritdoc />
        public override void Run(int index)
        {
            if (_kind == Additions)
            {
                LeanLoops.Additions(Turns);
            }
            else if (_kind == Empty)
            {
                LeanLoops.Empty(Turns);
            }
            else
            {
                LeanLoops.Neurons(_membrane, _input, Networks.Decay100Microseconds, Steps);
            }
        }
    }
}
