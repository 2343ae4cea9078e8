// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The lines that describe the hub.</summary>
    public static partial class BoardText
    {
        private const int MostNameBytes = 64;
        private const int MostWireNumber = 0xFFFFFF;

        private static void ParseHub(BoardProfile profile, string key, string value, int line)
        {
            if (profile.Hub == null)
            {
                profile.Hub = new BoardHub();
            }

            BoardHub hub = profile.Hub;
            switch (key)
            {
                case "wire":
                    hub.Wire = ParseNumber(value, line);
                    break;
                case "address":
                    CheckAddress(value, line);
                    hub.Address = value;
                    break;
                case "port":
                    hub.Port = ParseNumber(value, line);
                    break;
                case "local":
                    hub.LocalPort = ParseNumber(value, line);
                    break;
                case "name":
                    hub.Name = value;
                    break;
                case "key":
                    hub.Key = ParseKey(value, line);
                    break;
                default:
                    if (Begins(key, "spike."))
                    {
                        int[] spike = Numbers(value, 0, 3, line);
                        RequireIn(spike[0], 0, MostWireNumber, line);
                        RequireIn(spike[1], 0, int.MaxValue, line);
                        RequireIn(spike[2], 1, 2, line);
                        hub.Spikes = Append(hub.Spikes, key.Substring(6), spike, line);
                    }
                    else if (Begins(key, "arrival."))
                    {
                        int[] arrival = Numbers(value, 0, 4, line);
                        RequireIn(arrival[0], 0, MostWireNumber, line);
                        RequireIn(arrival[1], 0, int.MaxValue, line);
                        RequireIn(arrival[2], 0, 1, line);
                        RequireIn(arrival[3], 0, 1, line);
                        hub.Arrivals = Append(hub.Arrivals, key.Substring(8), arrival, line);
                    }
                    else
                    {
                        throw new BoardProfileException(BoardFault.UnknownKey, line);
                    }

                    break;
            }
        }

        // Numbers without a gap, in their order.
        private static int[][] Append(int[][] list, string number, int[] entry, int line)
        {
            if (ParseNumber(number, line) != list.Length || list.Length == BoardHub.MostNeurons)
            {
                throw new BoardProfileException(BoardFault.BadValue, line);
            }

            int[][] longer = new int[list.Length + 1][];
            for (int k = 0; k < list.Length; k++)
            {
                longer[k] = list[k];
            }

            longer[list.Length] = entry;
            return longer;
        }

        private static void RequireIn(int value, int least, int most, int line)
        {
            if (value < least || value > most)
            {
                throw new BoardProfileException(BoardFault.BadValue, line);
            }
        }

        // Four numbers with dots: a name would have to be asked for, which takes as long as it likes.
        private static void CheckAddress(string value, int line)
        {
            int start = 0;
            for (int part = 0; part < 4; part++)
            {
                int end = part == 3 ? value.Length : value.IndexOf('.', start);
                if (end < 0)
                {
                    throw new BoardProfileException(BoardFault.BadValue, line);
                }

                RequireIn(ParseNumber(value.Substring(start, end - start), line), 0, 255, line);
                start = end + 1;
            }
        }

        private static void CheckHub(BoardHub hub)
        {
            if (hub == null)
            {
                return;
            }

            bool keyed = hub.Wire == HubWire.Keyed;
            if (hub.Wire < HubWire.FirstPartner || hub.Wire > HubWire.Keyed || hub.Address == null || hub.Port < 1 || hub.Port > 65535
                || hub.LocalPort < 0 || hub.LocalPort > 65535)
            {
                throw new BoardProfileException(BoardFault.BadHub, 0);
            }

            if (keyed && (hub.Key == null || hub.Name == null || hub.Name.Length == 0
                || Encoding.UTF8.GetBytes(hub.Name).Length > MostNameBytes))
            {
                throw new BoardProfileException(BoardFault.BadHub, 1);
            }
        }
    }
}
