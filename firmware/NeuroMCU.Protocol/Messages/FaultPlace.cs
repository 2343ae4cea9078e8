// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
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
    }
}
