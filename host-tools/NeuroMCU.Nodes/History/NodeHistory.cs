// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NeuroMCU.Devices.Client;

namespace NeuroMCU.Nodes.History;

/// <summary>
/// Everything that was done to an array, in one SQLite file: commands, pulses, readings, and the map of the last survey. Rows are written
/// in transactions of some hundred or of a fifth of a second, into a write-ahead log: a process that is killed loses the last of them and
/// damages nothing.
/// docs/reference/node-history.md has the tables.
/// </summary>
public sealed class NodeHistory : IDisposable
{
    /// <summary>Version of the tables.</summary>
    public const int Schema = 1;

    private const int Batch = 500;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.2);
    private const int FullDisk = 13;
    private const int NotADatabase = 26;
    private const int Busy = 5;

    private static readonly string[] s_tables =
    [
        "CREATE TABLE array (schema INTEGER NOT NULL, device TEXT NOT NULL, board TEXT NOT NULL, rows INTEGER NOT NULL, "
            + "columns INTEGER NOT NULL, full_scale REAL NOT NULL)",
        "CREATE TABLE session (id INTEGER PRIMARY KEY, started TEXT NOT NULL, verb TEXT NOT NULL, detail TEXT NOT NULL)",
        "CREATE TABLE step (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session(id), node INTEGER NOT NULL, "
            + "volts REAL NOT NULL, seconds REAL NOT NULL, siemens REAL NOT NULL, time REAL NOT NULL)",
        "CREATE TABLE result (session INTEGER NOT NULL REFERENCES session(id), node INTEGER NOT NULL, outcome TEXT NOT NULL, "
            + "pulses INTEGER NOT NULL, siemens REAL NOT NULL, PRIMARY KEY (session, node))",
        "CREATE TABLE map (node INTEGER PRIMARY KEY, condition TEXT NOT NULL, low REAL NOT NULL, high REAL NOT NULL, "
            + "pulses INTEGER NOT NULL, session INTEGER NOT NULL REFERENCES session(id))",
        "CREATE INDEX step_node ON step (node, id)",
    ];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly NodeArrayIdentity _array;
    private readonly string _path;
    private SqliteTransaction? _transaction;
    private int _waiting;
    private long _since;

    private NodeHistory(string path, SqliteConnection connection, NodeArrayIdentity array)
    {
        _path = path;
        _connection = connection;
        _array = array;
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO step (session, node, volts, seconds, siemens, time) VALUES ($s, $n, $v, $w, $g, $t)";
        foreach (string name in (string[])["$s", "$n", "$v", "$w", "$g", "$t"])
        {
            _insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    /// <summary>Gets the path of the file.</summary>
    public string Path => _path;

    /// <summary>Gets the array that it is of.</summary>
    public NodeArrayIdentity Array => _array;

    /// <summary>Gets where the history of a device is kept when nobody says otherwise.</summary>
    /// <param name="deviceId">Id of the device.</param>
    /// <returns>A path in the user's state folder.</returns>
    public static string DefaultPath(string deviceId)
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string root = string.IsNullOrEmpty(state)
            ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolderOption.DoNotVerify), ".local", "state")
            : state;
        return System.IO.Path.Combine(root, "neuromcu", "nodes", (deviceId.Length == 0 ? "unknown" : deviceId) + ".db");
    }

    /// <summary>Opens the history of an array, or makes it.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="array">The array.</param>
    /// <returns>The history.</returns>
    /// <exception cref="NodeHistoryException">The file is of another array, of a newer schema, no history, or cannot be used.</exception>
    public static NodeHistory Open(string path, NodeArrayIdentity array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return Guard(path, () =>
        {
            string full = System.IO.Path.GetFullPath(path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            SqliteConnection connection = Connect(full, SqliteOpenMode.ReadWriteCreate);
            try
            {
                if (Read(connection, path) is { } found)
                {
                    Compare(path, found, array);
                }
                else
                {
                    Make(connection, array);
                }

                return new NodeHistory(full, connection, array);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        });
    }

    /// <summary>Opens a history to look at it.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The history.</returns>
    /// <exception cref="NodeHistoryException">There is none, or it cannot be read.</exception>
    public static NodeHistory OpenExisting(string path)
    {
        if (!File.Exists(path))
        {
            throw new NodeHistoryException($"there is no history {path}", "nothing was done to this array yet, or it is kept elsewhere",
                "neuromcu node survey");
        }

        return Guard(path, () =>
        {
            SqliteConnection connection = Connect(System.IO.Path.GetFullPath(path), SqliteOpenMode.ReadWrite);
            try
            {
                return new NodeHistory(path, connection, Read(connection, path)
                    ?? throw new NodeHistoryException($"{path} holds no history of nodes", null, "name another file with --file"));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        });
    }

    /// <summary>Notes that a command begins.</summary>
    /// <param name="verb">What it is.</param>
    /// <param name="detail">What it is asked for.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="NodeHistoryException">The file cannot be written.</exception>
    public long Begin(string verb, string detail) => Guard(_path, () =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO session (started, verb, detail) VALUES ($a, $b, $c) RETURNING id";
        command.Parameters.AddWithValue("$a", DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$b", verb);
        command.Parameters.AddWithValue("$c", detail);
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>Adds a pulse or a reading.</summary>
    /// <param name="session">Number of the command.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="NodeHistoryException">The file cannot be written.</exception>
    public void Add(long session, NodeStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        Guard(_path, () =>
        {
            _transaction ??= _connection.BeginTransaction();
            _insert.Transaction = _transaction;
            _insert.Parameters[0].Value = session;
            _insert.Parameters[1].Value = step.Node;
            _insert.Parameters[2].Value = step.Volts;
            _insert.Parameters[3].Value = step.Seconds;
            _insert.Parameters[4].Value = step.Value * _array.FullScale;
            _insert.Parameters[5].Value = step.Time;
            return _insert.ExecuteNonQuery();
        }, _waiting + 1);
        _since = _waiting == 0 ? Stopwatch.GetTimestamp() : _since;
        if (++_waiting >= Batch || Stopwatch.GetElapsedTime(_since) > s_patience)
        {
            Flush();
        }
    }

    /// <summary>Adds a reading.</summary>
    /// <param name="session">Number of the command.</param>
    /// <param name="reading">The reading.</param>
    /// <exception cref="NodeHistoryException">The file cannot be written.</exception>
    public void Add(long session, NodeReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        Add(session, new NodeStep(reading.Node, 0, 0, reading.Value, reading.Time));
    }

    /// <summary>Adds what work came to; a survey renews the map.</summary>
    /// <param name="session">Number of the command.</param>
    /// <param name="results">What came out.</param>
    /// <param name="survey">True to renew the map.</param>
    /// <exception cref="NodeHistoryException">The file cannot be written.</exception>
    public void Add(long session, IEnumerable<NodeResult> results, bool survey)
    {
        ArgumentNullException.ThrowIfNull(results);
        Guard(_path, () =>
        {
            _transaction ??= _connection.BeginTransaction();
            foreach (NodeResult result in results)
            {
                using SqliteCommand command = _connection.CreateCommand();
                command.Transaction = _transaction;
                command.CommandText = "INSERT OR REPLACE INTO result VALUES ($s, $n, $o, $p, $g)"
                    + (survey ? "; INSERT OR REPLACE INTO map VALUES ($n, $o, $l, $h, $p, $s)" : string.Empty);
                command.Parameters.AddWithValue("$s", session);
                command.Parameters.AddWithValue("$n", result.Node);
                command.Parameters.AddWithValue("$o", OutcomeText.Of(result.Outcome));
                command.Parameters.AddWithValue("$p", result.Pulses);
                command.Parameters.AddWithValue("$g", result.Value * _array.FullScale);
                command.Parameters.AddWithValue("$l", result.Low * _array.FullScale);
                command.Parameters.AddWithValue("$h", (result.High ?? 0) * _array.FullScale);
                command.ExecuteNonQuery();
            }

            return true;
        });
        Flush();
    }

    /// <summary>Brings what was added onto the disk.</summary>
    /// <exception cref="NodeHistoryException">The disk is full or refuses; what was added since the last call is lost.</exception>
    public void Flush()
    {
        if (_transaction is { } transaction)
        {
            int waiting = _waiting;
            _transaction = null;
            _waiting = 0;
            Guard(_path, () =>
            {
                using (transaction)
                {
                    transaction.Commit();
                }

                return true;
            }, waiting);
        }
    }

    /// <summary>Reads the map of the last survey.</summary>
    /// <returns>A row for each node that was surveyed, in order.</returns>
    /// <exception cref="NodeHistoryException">The file cannot be read.</exception>
    public IReadOnlyList<NodeCondition> Map() => Guard(_path, () =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT node, condition, low, high, pulses FROM map ORDER BY node";
        using SqliteDataReader reader = command.ExecuteReader();
        List<NodeCondition> map = [];
        while (reader.Read())
        {
            map.Add(new NodeCondition(reader.GetInt32(0), reader.GetString(1), reader.GetDouble(2), reader.GetDouble(3),
                reader.GetInt32(4)));
        }

        return map;
    });

    /// <summary>Reads pulses and readings, oldest first.</summary>
    /// <param name="node">The node; null for all.</param>
    /// <param name="last">How many of the newest; null for all.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="NodeHistoryException">The file cannot be read.</exception>
    public IReadOnlyList<HistoryRow> Rows(int? node = null, int? last = null) => Guard(_path, () =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT * FROM (SELECT step.id, session, started, verb, node, volts, seconds, siemens, time FROM step "
            + "JOIN session ON session.id = step.session WHERE $node IS NULL OR node = $node ORDER BY step.id DESC LIMIT $last) ORDER BY 1";
        command.Parameters.AddWithValue("$node", (object?)node ?? DBNull.Value);
        command.Parameters.AddWithValue("$last", last ?? -1);
        using SqliteDataReader reader = command.ExecuteReader();
        List<HistoryRow> rows = [];
        while (reader.Read())
        {
            rows.Add(new HistoryRow(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4),
                reader.GetDouble(5), reader.GetDouble(6), reader.GetDouble(7), reader.GetDouble(8)));
        }

        return rows;
    });

    /// <summary>Says whether the file is whole.</summary>
    /// <returns>"ok", or what SQLite finds wrong.</returns>
    /// <exception cref="NodeHistoryException">The file cannot be read.</exception>
    public string Check() => Guard(_path, () =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    });

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _insert.Dispose();
            _connection.Dispose();
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = NORMAL");
        Execute(connection, "PRAGMA foreign_keys = ON");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private static NodeArrayIdentity? Read(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        if ((long)command.ExecuteScalar()! == 0)
        {
            return null;
        }

        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'array' AND type = 'table'";
        if ((long)command.ExecuteScalar()! == 0)
        {
            throw new NodeHistoryException($"{path} is a database of something else", null, "name another file with --file");
        }

        command.CommandText = "SELECT schema, device, board, rows, columns, full_scale FROM array";
        using SqliteDataReader reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        if (reader.GetInt32(0) != Schema)
        {
            throw new NodeHistoryException($"{path} has schema {reader.GetInt32(0)}, this program writes {Schema}",
                "it was made by another version of NeuroMCU", "name another file with --file, or use that version");
        }

        return new NodeArrayIdentity(reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetDouble(5));
    }

    private static void Compare(string path, NodeArrayIdentity found, NodeArrayIdentity array)
    {
        if (found != array)
        {
            throw new NodeHistoryException(
                $"{path} is the history of another array",
                string.Create(CultureInfo.InvariantCulture,
                    $"it is of {found.Rows} x {found.Columns} nodes of {found.Board}, full scale {found.FullScale:G3} S, device "
                    + $"{found.DeviceId}; this one has {array.Rows} x {array.Columns} of {array.Board}, full scale {array.FullScale:G3} S, "
                    + $"device {array.DeviceId}; nothing was pulsed"),
                "name the file of this array with --file, or a new one when its board profile has been changed: --file new.db");
        }
    }

    private static void Make(SqliteConnection connection, NodeArrayIdentity array)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (string table in s_tables)
        {
            Execute(connection, table, transaction);
        }

        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO array VALUES ($s, $d, $b, $r, $c, $f)";
        command.Parameters.AddWithValue("$s", Schema);
        command.Parameters.AddWithValue("$d", array.DeviceId);
        command.Parameters.AddWithValue("$b", array.Board);
        command.Parameters.AddWithValue("$r", array.Rows);
        command.Parameters.AddWithValue("$c", array.Columns);
        command.Parameters.AddWithValue("$f", array.FullScale);
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    // What waits when the file cannot be written is lost, and that is said.
    private static T Guard<T>(string path, Func<T> work, int waiting = 0)
    {
        try
        {
            return work();
        }
        catch (SqliteException problem)
        {
            (string what, string? next) = problem.SqliteErrorCode switch
            {
                FullDisk => ($"the disk is full: {path} cannot grow", "free some space, or name a file on another disk with --file; what "
                    + "was noted before is whole"),
                NotADatabase => ($"{path} is no history of nodes", "name another file with --file"),
                Busy => ($"{path} is in use", "end the other command that works with this array"),
                _ => ($"{path} cannot be used", "free space and permissions: df -h . && ls -l"),
            };
            string lost = waiting == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture,
                $"the last {waiting} pulses and readings are not noted: ");
            throw new NodeHistoryException(what, lost + problem.Message, next, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new NodeHistoryException($"{path} cannot be used", problem.Message, "choose another place with --file", problem);
        }
    }
}
