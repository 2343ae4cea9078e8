// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Host.Boards;
using NeuroMCU.Host.Calibration.Measure;
using NeuroMCU.Host.Calibration.Store;
using NeuroMCU.Host.Devices;

namespace NeuroMCU.Cli.Calibrating
{
    /// <summary>A connected board with its profile, and where its calibration is kept.</summary>
    internal sealed class BoardSession : IAsyncDisposable
    {
        private readonly DeviceConnection _connection;

        private BoardSession(DeviceConnection connection, BoardDescription board, DeviceBench bench, CalibrationStore store)
        {
            _connection = connection;
            Board = board;
            Bench = bench;
            Store = store;
        }

        /// <summary>The board's profile.</summary>
        public BoardDescription Board { get; }

        /// <summary>What measures it.</summary>
        public DeviceBench Bench { get; }

        /// <summary>Where calibrations are kept.</summary>
        public CalibrationStore Store { get; }

        /// <summary>The device's id.</summary>
        public string DeviceId => _connection.Client.Info.DeviceId;

        /// <summary>The device's firmware.</summary>
        public string Firmware => _connection.Client.Info.Firmware;

        /// <summary>Where it runs, for people.</summary>
        public string Where => VerbContext.Describe(_connection);

        /// <summary>Connects.</summary>
        /// <param name="context">The verb's surroundings.</param>
        /// <param name="cancellation">Ends it.</param>
        /// <returns>The session.</returns>
        public static async Task<BoardSession> OpenAsync(VerbContext context, CancellationToken cancellation)
        {
            DeviceConnection connection = await context.ConnectAsync(cancellation);
            try
            {
                BoardDescription board = BoardCatalog.Find(context.Board?.Board ?? connection.Client.Info.BoardName);
                DeviceBench bench = await DeviceBench.OpenAsync(connection, board, cancellation);
                return new BoardSession(connection, board, bench, new CalibrationStore(context.CalibrationFolder));
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
