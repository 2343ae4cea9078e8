// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;

namespace NeuroMCU.Firmware.Log
{
    /// <summary>Lines of text: to the console at once, and to the host when the wire has room. The wire's queue is short and counts
    /// what it drops.</summary>
    internal sealed class DeviceLog
    {
        private const int Capacity = 8;

        private readonly IConsole _console;
        private readonly string[] _lines = new string[Capacity];
        private int _head;
        private int _count;

        internal DeviceLog(IConsole console)
        {
            _console = console;
        }

        /// <summary>Gets the number of lines that found no place in the wire's queue.</summary>
        internal int Dropped { get; private set; }

        /// <summary>Gets the oldest line for the wire; null when there is none.</summary>
        internal string Oldest => _count == 0 ? null : _lines[_head];

        /// <summary>Writes a line to the console alone: a host gets a message of its own.</summary>
        internal void WriteHere(string line)
        {
            _console.WriteLine(line);
        }

        /// <summary>Writes a line.</summary>
        internal void Write(string line)
        {
            _console.WriteLine(line);
            if (_count == Capacity)
            {
                Dropped++;
                return;
            }

            _lines[(_head + _count) % Capacity] = line;
            _count++;
        }

        /// <summary>Removes the oldest line.</summary>
        internal void Remove()
        {
            _lines[_head] = null;
            _head = (_head + 1) % Capacity;
            _count--;
        }
    }
}
