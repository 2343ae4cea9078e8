// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Hardware.Panel;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Panel
{
    /// <summary>The last answer of a read-out: its value and how sure it is, and of a direction a needle over a half circle.</summary>
    internal sealed class DirectionView : View
    {
        private const int CentreX = 96;
        private const int CentreY = 54;
        private const int Radius = 31;
        private const int Degree = 100;
        private const int RightAngle = 90;
        private const int ValueRow = 2;
        private const int WordRow = 5;

        private readonly ReadoutWatch _readouts;
        private readonly LoadedNetwork _network;
        private readonly ReadoutEvent _last = new ReadoutEvent();

        internal DirectionView(ReadoutWatch readouts, LoadedNetwork network)
        {
            _readouts = readouts;
            _network = network;
        }

        /// <inheritdoc />
        internal override bool Draw(Canvas canvas, int part)
        {
            if (part == 0)
            {
                _readouts.CopyLast(_last);
                Write(canvas);
                return true;
            }

            bool isAngle = _network.Labels.ReadoutUnit(_last.Index) == "deg";
            if (isAngle && part == 1)
            {
                for (int degrees = -RightAngle; degrees <= RightAngle; degrees += 10)
                {
                    Dot(canvas, degrees, Radius);
                    if (degrees % 30 == 0)
                    {
                        Dot(canvas, degrees, Radius - 2);
                    }
                }

                return true;
            }

            if (isAngle && _last.Answer != 0)
            {
                int degrees = _last.Value / Degree;
                degrees = degrees < -RightAngle ? -RightAngle : degrees > RightAngle ? RightAngle : degrees;
                int up = Across(RightAngle - Size(degrees), Radius - 4);
                canvas.Line(CentreX, CentreY, CentreX + Across(degrees, Radius - 4), CentreY - up);
            }

            return false;
        }

        private static int Size(int value) => value < 0 ? -value : value;

        // Sine of whole degrees times a length: the tenth degrees in 64ths, straight lines between them. Within one dot of 64.
        private static int Across(int degrees, int length)
        {
            int size = Size(degrees);
            int low = Sine(size / 10);
            int high = Sine((size / 10) + 1);
            int sine = (low * 10) + ((high - low) * (size % 10));
            int dots = ((sine * length) + 320) / 640;
            return degrees < 0 ? -dots : dots;
        }

        private static int Sine(int tens)
        {
            switch (tens)
            {
                case 0:
                    return 0;
                case 1:
                    return 11;
                case 2:
                    return 22;
                case 3:
                    return 32;
                case 4:
                    return 41;
                case 5:
                    return 49;
                case 6:
                    return 55;
                case 7:
                    return 60;
                case 8:
                    return 63;
                default:
                    return 64;
            }
        }

        private static void Dot(Canvas canvas, int degrees, int radius)
        {
            canvas.Set(CentreX + Across(degrees, radius), CentreY - Across(RightAngle - Size(degrees), radius));
        }

        private void Write(Canvas canvas)
        {
            if (_last.Answer == 0)
            {
                canvas.Write(0, ValueRow, "---", 2);
                return;
            }

            // Tenths, rounded: what a person reads from some way off.
            int tenths = (Size(_last.Value) + 5) / 10;
            string sign = tenths == 0 ? " " : _last.Value < 0 ? "-" : "+";
            string text = sign + (tenths / 10).ToString() + "." + (tenths % 10).ToString();
            canvas.Write(0, ValueRow, text, text.Length > 5 ? 1 : 2);
            string unit = _network.Labels.ReadoutUnit(_last.Index);
            canvas.Write(0, ValueRow + 2, unit == "1" ? string.Empty : unit, 1);
            canvas.Write(0, WordRow, (_last.Valid ? "sure " : "unsure ") + ((_last.Confidence + 5) / 10).ToString() + "%", 1);
        }
    }
}
