// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace NeuroMCU.Internet.Service;

/// <summary>
/// Runs a hub or a site as a service: health and metrics over HTTP on this machine, and word to systemd when it is ready and when it
/// ends, where systemd has started it.
/// </summary>
internal static class ServiceHost
{
    private const string Name = "neuromcu";
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Works until the work is done or cancelled.</summary>
    /// <param name="work">The work.</param>
    /// <returns>When all has ended.</returns>
    /// <exception cref="DeviceException">The port for health and metrics is in use, or may not be opened.</exception>
    public static async Task RunAsync(ServiceSettings settings, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        await using WebApplication host = Build(settings, work);
        Worker worker = host.Services.GetRequiredService<Worker>();
        try
        {
            await host.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException problem) when (problem.InnerException is not null || problem.GetBaseException() is SocketException)
        {
            throw new DeviceException(DeviceErrorKind.PortBusy, $"no health and no metrics can be served at {settings.Place}",
                problem.Message, "another program has the port: write another one at `metrics` in the file");
        }

        worker.Begin();
        using (cancellation.Register(worker.Cancel))
        {
            await worker.Done.ConfigureAwait(false);
        }

        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static WebApplication Build(ServiceSettings settings, Func<CancellationToken, Task> work)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = Name });
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(new Worker(work));
        builder.Services.AddHostedService(services => services.GetRequiredService<Worker>());
        builder.Services.AddHealthChecks().AddCheck(Name, () =>
        {
            ServiceHealth health = settings.Health();
            return new HealthCheckResult(health.Status, health.Words, null, health.Parts);
        });
        if (settings.Place is not { } place)
        {
            builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer, NoServer>();
            return builder.Build();
        }

        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(place));
        builder.Services.AddRoutingCore();
        WebApplication host = builder.Build();
        host.UseRouting();
        host.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
        host.MapGet("/metrics", async context =>
        {
            context.Response.ContentType = MetricsType;
            await settings.Registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        });
        return host;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        HealthReportEntry entry = report.Entries[Name];
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["status"] = entry.Status.ToString().ToLowerInvariant(),
            ["what"] = entry.Description,
            ["parts"] = entry.Data,
        }));
    }

    private sealed class Worker(Func<CancellationToken, Task> work) : BackgroundService
    {
        private readonly CancellationTokenSource _cancelled = new();
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly TaskCompletionSource _begin = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        /// <summary>Lets the work begin, when all else has.</summary>
        public void Begin() => _begin.TrySetResult();

        public void Cancel() => _cancelled.Cancel();

        public override void Dispose()
        {
            base.Dispose();
            _cancelled.Dispose();
        }

        // The host would end the program over a fault of the work; whoever waits for it gets it instead.
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _cancelled.Token);
            try
            {
                // Cancelled before it began, the work still begins: it ends at once, with its account.
                await _begin.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
                await work(either.Token).ConfigureAwait(false);
                _done.TrySetResult();
            }
            catch (OperationCanceledException)
            {
                _done.TrySetCanceled(CancellationToken.None);
            }
            catch (Exception problem)
            {
                _done.TrySetException(problem);
            }
        }
    }

    // Signals are the program's own affair.
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoServer : Microsoft.AspNetCore.Hosting.Server.IServer
    {
        public Microsoft.AspNetCore.Http.Features.IFeatureCollection Features { get; } =
            new Microsoft.AspNetCore.Http.Features.FeatureCollection();

        public Task StartAsync<TContext>(
            Microsoft.AspNetCore.Hosting.Server.IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
