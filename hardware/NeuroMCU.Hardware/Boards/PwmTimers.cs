// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>
    /// Which PWM function each servo and each drive by PWM gets. Two functions share a timer and with it the frequency of whichever starts
    /// last (read in nf-interpreter, System.Device.Pwm): a pair therefore holds one frequency only.
    /// </summary>
    /// <remarks>
    /// PWM1 to PWM8 are on the four fast timers. The slow ones are left alone: the platform refuses to open the first of either kind while
    /// one of the other kind runs.
    /// </remarks>
    internal static class PwmTimers
    {
        private const int Timers = 4;

        /// <summary>Gives out the functions.</summary>
        /// <returns>Function, 0 for PWM1, of each output and then of each channel; -1 for those without PWM.</returns>
        /// <exception cref="BoardProfileException">A pin finds no timer.</exception>
        public static int[] Assign(BoardProfile profile)
        {
            int outputs = profile.Outputs.Length;
            int[] functions = new int[outputs + profile.Channels.Length];
            int[] frequencies = new int[Timers];
            int[] used = new int[Timers];
            for (int i = 0; i < functions.Length; i++)
            {
                functions[i] = -1;
                if (i < outputs)
                {
                    if (profile.Outputs[i].Kind == OutputKind.Servo)
                    {
                        functions[i] = Place(frequencies, used, ServoOutput.Frequency, profile.Outputs[i].Pin);
                    }
                }
                else if (profile.Channels[i - outputs].DriveKind == ConverterKind.Pwm)
                {
                    BoardChannel channel = profile.Channels[i - outputs];
                    functions[i] = Place(frequencies, used, channel.DriveFrequency, channel.DriveInput);
                }
            }

            return functions;
        }

        private static int Place(int[] frequencies, int[] used, int frequency, int pin)
        {
            for (int timer = 0; timer < Timers; timer++)
            {
                if (used[timer] == 0 || (used[timer] == 1 && frequencies[timer] == frequency))
                {
                    frequencies[timer] = frequency;
                    used[timer]++;
                    return (2 * timer) + used[timer] - 1;
                }
            }

            throw new BoardProfileException(BoardFault.NoTimer, pin);
        }
    }
}
