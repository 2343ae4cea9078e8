// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Hub;

/// <summary>Where a hub listens, read from <c>transports</c> of its file.</summary>
internal sealed class HubTransports(ReadContext context)
{
    private static readonly string[] s_names = ["keyed", "mqtt", "websocket", "udp-historical", "eieio", "jaer"];
    private MapReader? _all;

    /// <summary>Names of the transports, in the order of <see cref="Transport" />.</summary>
    public static IReadOnlyList<string> All => s_names;

    /// <summary>Packets with a key.</summary>
    public IPEndPoint? Keyed { get; private set; }

    /// <summary>Packets of the experiment of 2020.</summary>
    public IPEndPoint? Historical { get; private set; }

    /// <summary>Keyed packets in a WebSocket.</summary>
    public IPEndPoint? WebSocket { get; private set; }

    /// <summary>Events of SpiNNaker.</summary>
    public IPEndPoint? Eieio { get; private set; }

    /// <summary>Events of jAER.</summary>
    public IPEndPoint? Jaer { get; private set; }

    /// <summary>The hub's own MQTT broker.</summary>
    public IPEndPoint? Broker { get; private set; }

    /// <summary>An MQTT broker that runs elsewhere.</summary>
    public IPEndPoint? BrokerElsewhere { get; private set; }

    /// <summary>File with the password for it.</summary>
    public string? BrokerPassword { get; private set; }

    /// <summary>Encryption of MQTT.</summary>
    public TlsPlan? Tls { get; private set; }

    /// <summary>Whether historical partners get a packet when the hub is ready.</summary>
    public bool Ready { get; private set; }

    /// <summary>Whether the file names a transport, be it right or not; what is wrong with it is said once.</summary>
    public bool Names(Transport transport) => _all == null || _all.Take(s_names[(int)transport]) != null;

    /// <summary>Reads the field <c>transports</c>.</summary>
    public void Read(Field? field)
    {
        MapReader? all = field == null ? null : MapReader.Open(context, field, "a map with `keyed`, `mqtt`, `websocket`, `udp-historical`, `eieio` or `jaer`");
        if (all == null)
        {
            return;
        }

        _all = all;
        Field? keyed = all.Take("keyed");
        MapReader? own = keyed == null ? null : MapReader.Open(context, keyed, "a map with `listen`");
        if (own?.Require("listen", "\"127.0.0.1:5006\"") is { } place)
        {
            Keyed = Endpoints.Read(context, place, anyPort: true);
        }

        own?.Finish();
        WebSocket = Door(all, "websocket", 8080);
        Eieio = Open(all, "eieio", 17895);
        Jaer = Open(all, "jaer", 8991);
        Field? historical = all.Take("udp-historical");
        MapReader? old = historical == null ? null : MapReader.Open(context, historical, "a map with `listen` and `ready`");
        if (old?.Require("listen", "\"127.0.0.1:5005\"") is { } port)
        {
            Historical = Endpoints.Read(context, port, anyPort: true);
            KeepHere(port, Historical);
        }

        Ready = old?.Take("ready") is { } ready && Scalars.Boolean(context, ready) == true;
        old?.Finish();
        Field? mqtt = all.Take("mqtt");
        if (mqtt != null && MapReader.Open(context, mqtt, "a map with `listen` or `broker`") is { } broker)
        {
            ReadMqtt(broker);
        }

        all.Finish();
        CheckPorts();
        if (keyed == null && historical == null && mqtt == null && (WebSocket ?? Eieio ?? Jaer) == null && context.ErrorCount == 0)
        {
            context.Error(all.Field, "names no transport", "write `keyed: {listen: \"127.0.0.1:5006\"}`");
        }
    }

    // Packets of one kind only can be told apart at a socket.
    private void CheckPorts()
    {
        (string Name, IPEndPoint? Place)[] doors =
        [
            ("udp/keyed", Keyed), ("udp/udp-historical", Historical), ("udp/eieio", Eieio), ("udp/jaer", Jaer),
            ("tcp/mqtt", Broker), ("tcp/websocket", WebSocket),
        ];
        for (int k = 0; k < doors.Length; k++)
        {
            (string name, IPEndPoint? place) = doors[k];
            (string Name, IPEndPoint? Place) other = Array.Find(doors[..k], d => place is { Port: > 0 } && place.Equals(d.Place)
                && d.Name[..3] == name[..3]);
            if (other.Place != null)
            {
                context.Error(_all!.Take(name[4..])!, $"listens on {place}, where `{other.Name[4..]}` does", "write another port");
            }
        }
    }

    private IPEndPoint? Door(MapReader all, string name, int usual)
    {
        MapReader? door = all.Take(name) is { } field ? MapReader.Open(context, field, "a map with `listen`") : null;
        IPEndPoint? place = door?.Require("listen", FormattableString.Invariant($"\"127.0.0.1:{usual}\"")) is { } listen
            ? Endpoints.Read(context, listen, anyPort: true) : null;
        door?.Finish();
        return place;
    }

    // Packets without a key.
    private IPEndPoint? Open(MapReader all, string name, int usual)
    {
        IPEndPoint? place = Door(all, name, usual);
        if (place != null)
        {
            KeepHere(all.Take(name)!, place);
        }

        return place;
    }

    private void KeepHere(Field field, IPEndPoint? place)
    {
        if (place != null && !IPAddress.IsLoopback(place.Address))
        {
            context.Error(
                field, "is " + (field.Text == null ? "`" + place + "`" : field.Describe())
                + ": these packets carry no proof of who sends them, and nothing without a key listens beyond this machine",
                "listen on `127.0.0.1`, and let a tunnel end there; or use `keyed`");
        }
    }

    private void ReadMqtt(MapReader mqtt)
    {
        Field? listen = mqtt.Take("listen");
        Field? elsewhere = mqtt.Take("broker");
        Broker = listen == null ? null : Endpoints.Read(context, listen, anyPort: false);
        BrokerElsewhere = elsewhere == null ? null : Endpoints.Read(context, elsewhere, anyPort: false);
        if ((listen == null) == (elsewhere == null))
        {
            context.Error(
                mqtt.Field, listen == null ? "names no broker" : "names two brokers",
                "write `listen: \"127.0.0.1:1883\"` for a broker in the hub, or `broker: \"127.0.0.1:1883\"` for one that runs "
                + "already");
        }

        Field? tls = mqtt.Take("tls");
        Tls = tls == null ? null : elsewhere == null ? TlsPlan.ReadServer(context, tls) : TlsPlan.ReadClient(context, tls);
        if (elsewhere == null)
        {
            mqtt.Refuse("sites show their keys to the hub's own broker, and the hub needs none", "password");
        }
        else if (mqtt.Take("password") is { } password && Scalars.Text(context, password, "the name of a file") is { } file)
        {
            BrokerPassword = Path.Combine(context.Directory, file);
        }

        foreach ((Field? place, IPEndPoint? read) in new[] { (listen, Broker), (elsewhere, BrokerElsewhere) })
        {
            if (read != null && !IPAddress.IsLoopback(read.Address) && tls == null)
            {
                context.Error(place!, "is " + place!.Describe() + ": without TLS, MQTT stays on this machine",
                    place == listen ? "add `tls: {certificate: hub.crt, key: hub.pem}`, or use `127.0.0.1`"
                        : "add `tls: {authority: ca.crt}`, or use `127.0.0.1`");
            }
        }

        mqtt.Finish();
    }
}
