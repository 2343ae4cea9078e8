// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.VirtualBench.Peripherals
{
    /// <summary>The pins of the simulated chip: which function sits where, who uses them, and what happened on them.</summary>
    public sealed class PinMap
    {
        private const int LogCapacity = 100_000;

        private readonly VirtualClock _clock;
        private readonly Dictionary<DeviceFunction, int> _functions = new()
        {
            // Defaults of the firmware image; two of them sit on the converters.
            [DeviceFunction.SPI1_MOSI] = 23,
            [DeviceFunction.SPI1_MISO] = 25,
            [DeviceFunction.SPI1_CLOCK] = 19,
            [DeviceFunction.I2C1_DATA] = 18,
            [DeviceFunction.I2C1_CLOCK] = 19,
            [DeviceFunction.I2C2_DATA] = 25,
            [DeviceFunction.I2C2_CLOCK] = 26,
            [DeviceFunction.COM1_TX] = 1,
            [DeviceFunction.COM1_RX] = 3,
            [DeviceFunction.COM1_RTS] = 19,
            [DeviceFunction.COM1_CTS] = 22,
        };

        private readonly Dictionary<int, string> _owners = [];
        private readonly Dictionary<int, Queue<PinChange>> _logs = [];
        private readonly Dictionary<int, Func<long, double>> _inputs = [];
        private readonly List<string> _conflicts = [];

        internal PinMap(VirtualClock clock)
        {
            _clock = clock;
        }

        /// <summary>Gets what a real board would suffer in silence: pins that two users drive. Empty on a board that is right.</summary>
        public IReadOnlyList<string> Conflicts => _conflicts;

        /// <summary>Gets the changes on a pin, oldest first; the newest 100 000 are kept.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <returns>The changes.</returns>
        public IReadOnlyList<PinChange> Log(int pin)
        {
            lock (_logs)
            {
                return _logs.TryGetValue(pin, out Queue<PinChange>? log) ? log.ToArray() : [];
            }
        }

        /// <summary>Gets the value on a pin that the device drives; 0 when it has not been driven.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <returns>Value as in <see cref="PinChange" />.</returns>
        public double Value(int pin)
        {
            IReadOnlyList<PinChange> log = Log(pin);
            return log.Count > 0 ? log[^1].Value : 0;
        }

        /// <summary>Connects a voltage to an input pin.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="volts">Volts at a time in µs.</param>
        public void Drive(int pin, Func<long, double> volts)
        {
            lock (_logs)
            {
                _inputs[pin] = volts;
            }
        }

        internal double Volts(int pin)
        {
            lock (_logs)
            {
                return _inputs.TryGetValue(pin, out Func<long, double>? volts) ? volts(_clock.Now) : 0;
            }
        }

        internal void SetFunction(int pin, DeviceFunction function)
        {
            if (!Esp32Pins.Exists(pin) || !Enum.IsDefined(function))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"GPIO{pin} cannot take {function}"));
            }

            _functions[function] = pin;
        }

        internal int FunctionPin(DeviceFunction function) => _functions.TryGetValue(function, out int pin) ? pin : -1;

        internal void Claim(int pin, string owner)
        {
            if (_owners.TryGetValue(pin, out string? before) && !string.Equals(before, owner, StringComparison.Ordinal))
            {
                _conflicts.Add(string.Create(CultureInfo.InvariantCulture, $"GPIO{pin} is used by {before} and by {owner}"));
            }

            _owners[pin] = owner;
        }

        internal bool IsOwnedBy(int pin, string owner) =>
            _owners.TryGetValue(pin, out string? before) && string.Equals(before, owner, StringComparison.Ordinal);

        internal void Release(int pin) => _owners.Remove(pin);

        internal void Record(int pin, double value)
        {
            lock (_logs)
            {
                if (!_logs.TryGetValue(pin, out Queue<PinChange>? log))
                {
                    log = new Queue<PinChange>();
                    _logs.Add(pin, log);
                }

                if (log.Count == LogCapacity)
                {
                    log.Dequeue();
                }

                log.Enqueue(new PinChange(_clock.Now, value));
            }
        }
    }
}
