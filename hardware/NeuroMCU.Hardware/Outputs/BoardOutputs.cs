// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>Opens the outputs of a board.</summary>
    public static class BoardOutputs
    {
        /// <summary>Checks the whole profile, then opens its outputs, each at its safe level.</summary>
        /// <param name="profile">Profile of the board.</param>
        /// <param name="controller">The pins.</param>
        /// <returns>The outputs by the numbers that networks bind to.</returns>
        /// <exception cref="BoardProfileException">The profile is wrong; nothing has been driven.</exception>
        public static IBoardOutput[] Open(BoardProfile profile, GpioController controller)
        {
            BoardCheck.Check(profile);
            IBoardOutput[] outputs = new IBoardOutput[profile.Outputs.Length];
            int[] functions = PwmTimers.Assign(profile);
            for (int i = 0; i < outputs.Length; i++)
            {
                BoardOutput output = profile.Outputs[i];
                switch (output.Kind)
                {
                    case OutputKind.Servo:
                        outputs[i] = new ServoOutput(output, functions[i]);
                        break;
                    case OutputKind.Dac:
                        outputs[i] = new DacOutput(output);
                        break;
                    case OutputKind.Pot:
                        outputs[i] = new PotOutput(output, new Mcp41010(SpiPort.Open(profile.Spi[output.Pin])));
                        break;
                    default:
                        outputs[i] = new DigitalOutput(controller, output);
                        break;
                }
            }

            return outputs;
        }
    }
}
