// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Transports;

namespace NeuroMCU.Firmware.Links
{
    /// <summary>
    /// Decides who gets the lines of a port on a network. Anybody can knock, so a host that has not proved the key has little: two
    /// seconds in all, and a tenth of a second for each thing that it has to say once others wait. One that has proved the key keeps
    /// its line as long as it speaks. Who is sent away may knock again; a host with the key gets in after a few tries even when
    /// thousands knock.
    /// </summary>
    internal sealed class Doorkeeper
    {
        /// <summary>Time in µs from the connection in which a host has to prove the key.</summary>
        internal const long ProofTime = 2000000;

        /// <summary>Time in µs for which the device waits for the next request of a host without proof when others want its line.</summary>
        internal const long Patience = 100000;

        /// <summary>Silence in µs after which a host that has proved the key makes room when nearly all lines are taken by such
        /// hosts.</summary>
        internal const long Silence = 3000000;

        // A flood of connections is answered as fast as it comes, but a turn of the main loop does not wait for its end.
        private const int MostPerTurn = 16;

        // Lines that hosts which have proved the key and say nothing more leave to others.
        private const int LeastOpen = 2;

        private readonly IDoor _door;
        private readonly HostLink[] _links;

        /// <summary>Initializes a new instance of the <see cref="Doorkeeper" /> class.</summary>
        /// <param name="links">A link for each of its lines, in the same order.</param>
        internal Doorkeeper(IDoor door, HostLink[] links)
        {
            _door = door;
            _links = links;
        }

        /// <summary>Sends away whose time is over, and lets in who knocks.</summary>
        /// <param name="time">Time in µs on the clock of the hosts.</param>
        /// <returns>True when somebody knocked.</returns>
        internal bool Turn(long time)
        {
            for (int k = 0; k < _links.Length; k++)
            {
                HostLink link = _links[k];
                if (link.Transport.IsOpen && !link.Trusted && !link.IsPaused(time) && time - link.Connected > ProofTime)
                {
                    link.Transport.Disconnect();
                }
            }

            int knocks = 0;
            while (knocks < MostPerTurn && _door.Knock())
            {
                knocks++;
                HostLink place = Place(time);
                if (place == null)
                {
                    _door.Refuse();
                }
                else
                {
                    _door.Admit(place.Transport);
                    place.Welcome(time);
                }
            }

            return knocks > 0;
        }

        // A line of which a wrong key came stays taken for the pause, whether its host waits for the answer or not: so many wrong keys
        // can be tried in a second as there are lines, and no more.
        private HostLink Place(long time)
        {
            HostLink idle = null;
            HostLink silent = null;
            int strangers = 0;
            for (int k = 0; k < _links.Length; k++)
            {
                HostLink link = _links[k];
                bool paused = link.IsPaused(time);
                if (!link.Transport.IsOpen && !paused)
                {
                    return link;
                }

                if (link.Trusted && !paused)
                {
                    silent = time - link.Heard > Silence && (silent == null || link.Heard < silent.Heard) ? link : silent;
                    continue;
                }

                strangers++;
                if (!paused && link.Idle(time) > Patience && (idle == null || link.Idle(time) > idle.Idle(time)))
                {
                    idle = link;
                }
            }

            if (idle != null)
            {
                return idle;
            }

            return strangers < LeastOpen ? silent : Crowd();
        }

        // When everybody else is quick, a host from an address that has no line yet gets one from an address that has several: a
        // machine that floods the port is in its own way, and in nobody else's.
        private HostLink Crowd()
        {
            HostLink found = null;
            int caller = _door.Address(null);
            for (int k = 0; k < _links.Length; k++)
            {
                HostLink link = _links[k];
                if (!link.Trusted)
                {
                    int address = _door.Address(link.Transport);
                    if (address == caller)
                    {
                        return null;
                    }

                    for (int other = 0; other < k && found == null; other++)
                    {
                        found = !_links[other].Trusted && _door.Address(_links[other].Transport) == address ? link : null;
                    }
                }
            }

            return found;
        }
    }
}
