// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeuroMCU.Api.Access;
using NeuroMCU.Api.Routes;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Exchange.Named;
using NeuroMCU.Networks;

namespace NeuroMCU.Api;

/// <summary>Serves devices to programs over HTTP and WebSockets, and the live page to browsers.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private const string Root = "/api/v1";

    private readonly WebApplication _application;
    private readonly SessionList _sessions;

    private ApiServer(WebApplication application, SessionList sessions, IReadOnlyList<ApiRoute> routes, Uri url)
    {
        _application = application;
        _sessions = sessions;
        Routes = routes;
        Url = url;
    }

    /// <summary>Gets the address of the page; the API is below it at api/v1.</summary>
    public Uri Url { get; }

    internal IReadOnlyList<ApiRoute> Routes { get; }

    internal SessionList Sessions => _sessions;

    /// <summary>Begins to serve.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The server.</returns>
    /// <exception cref="DeviceException">The port is in use, or the address needs a key and TLS.</exception>
    public static async Task<ApiServer> StartAsync(ApiOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IPAddress.IsLoopback(options.Address) && (options.Key is null || options.Certificate is null))
        {
            throw new DeviceException(DeviceErrorKind.NotSupported, $"{options.Address} is no loopback address",
                "there it takes a key and TLS",
                "listen on 127.0.0.1, or give --api-key-file and --certificate");
        }

        ForeignFiles.Register();
        SessionList sessions = new(new SessionSettings
        {
            Program = options.Program,
            KeyFile = options.DeviceKeyFile,
            CalibrationFolder = options.CalibrationFolder,
            NodeFolder = options.NodeFolder,
            Virtual = options.Virtual,
            MostWaitingBytes = options.MostWaitingBytes,
        });
        List<ApiRoute> routes =
        [
            .. new DeviceRoutes(sessions).All, .. new NetworkRoutes(sessions).All, .. new WeightRoutes(sessions).All,
            .. new NodeRoutes(sessions).All,
            .. new RecordingRoutes(sessions).All, .. new StreamRoute(sessions).All,
            new("GET", "/openapi.json", PageFiles.OpenApiAsync, false),
            new("GET", "", context => context.AnswerAsync(new
            {
                Schema = "neuromcu.api/1", options.Program, options.ReadOnly, Devices = sessions.All.Select(s => s.Id),
            }), false),
        ];
        WebApplication application = Build(options, routes);
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException problem)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new DeviceException(DeviceErrorKind.PortBusy,
                FormattableString.Invariant($"TCP port {options.Port} cannot be listened on"), problem.Message,
                "choose another one with --port, or 0 for a free one", problem);
        }

        Uri bound = new(application.Urls.First());
        string host = IPAddress.IsLoopback(options.Address) ? "localhost" : options.Names.Count > 0 ? options.Names[0]
            : options.Address.ToString();
        Uri url = new UriBuilder(bound) { Host = host }.Uri;
        return new ApiServer(application, sessions, routes, url);
    }

    /// <summary>Opens a device before anybody asks for it.</summary>
    /// <param name="address">Its address; null for the virtual bench.</param>
    /// <param name="board">Board of the virtual bench; null for the one that the network names.</param>
    /// <param name="boardSeed">Specimen of the board; null for nominal parts.</param>
    /// <param name="faults">Faults of the board.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The device's id in the API.</returns>
    public async Task<string> OpenDeviceAsync(string? address, string? board, long? boardSeed, IReadOnlyList<string> faults,
        CancellationToken cancellation = default) =>
        (await _sessions.OpenAsync(new DeviceRequest(address, board, boardSeed, faults), cancellation).ConfigureAwait(false)).Id;

    /// <summary>Loads a network and starts it.</summary>
    /// <param name="device">Id of the device.</param>
    /// <param name="text">The network file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="settings">Values in the place of those of the file.</param>
    /// <param name="start">Whether it is to run until it is stopped.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>What the compiler warns of.</returns>
    public async Task<IReadOnlyList<Diagnostic>> LoadAsync(string device, string text, string path, IReadOnlyList<NetworkSetting> settings,
        bool start, CancellationToken cancellation = default)
    {
        DeviceSession session = _sessions.Find(device);
        Compiler.CompiledNetwork compiled = await session.LoadAsync(new NetworkText(text, path, settings, []), uncalibrated: false,
            keepWeights: false, cancellation).ConfigureAwait(false);
        if (start)
        {
            await session.StartAsync(new RunRequest(0, RealTime: true), cancellation).ConfigureAwait(false);
        }

        return compiled.Report.Warnings;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync().ConfigureAwait(false);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(ApiOptions options, IReadOnlyList<ApiRoute> routes)
    {
        // The empty builder reads no settings from files or variables, and logs nothing.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Bodies.MostSoundBytes;
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                if (options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        WebApplication application = builder.Build();
        AccessRules rules = new(options.Key, options.ReadOnly, ["localhost", "127.0.0.1", "::1", options.Address.ToString(),
            .. options.Names]);
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });
        application.UseRouting();
        foreach (ApiRoute route in routes)
        {
            application.MapMethods(Root + route.Pattern, [route.Method], Guarded(rules, route.Serve, route.Changes));
        }

        application.MapFallback("{*path}", Guarded(rules, PageFiles.ServeAsync, changes: false));
        return application;
    }

    private static RequestDelegate Guarded(AccessRules rules, RequestDelegate serve, bool changes) => async context =>
    {
        try
        {
            rules.Check(context.Request, changes);
            await serve(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The one who asked has gone.
        }
#pragma warning disable CA1031 // Whatever it is, the one who asked hears of it.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await Failures.AnswerAsync(context, fault).ConfigureAwait(false);
        }
    };

    // Signals end the verb, which ends the server.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
