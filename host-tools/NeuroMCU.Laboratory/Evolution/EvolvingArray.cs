// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>
/// A virtual array that is formed, brought to a low level and then taught by the firmware's trainer in this process, without a device
/// around it: for work over many specimens.
/// </summary>
public sealed class EvolvingArray : ILearningArray
{
    private const int StartReading = 350_000;
    private const int MostLevelling = 60;
    private const int LongAgo = 3600;
    private const int Averaged = 4;

    private readonly BoardNodes _limits;
    private readonly NodeArrayPlan _plan;
    private readonly long _seed;
    private readonly LessonSettings _settings;
    private readonly NodeFault[] _faults;
    private readonly NodePlacement _placement;
    private VirtualNodeArray _array;
    private NodeSpecimen _driver;
    private NodeTrainer _trainer;

    /// <summary>Takes a specimen out of the box and forms it.</summary>
    /// <param name="board">Name of a board profile with an array, such as <c>virtual-array</c>.</param>
    /// <param name="seed">Which specimen.</param>
    /// <param name="faults">Nodes that are broken.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="answers">Number of answers.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="known">What it will be taught: rows and columns are chosen so that stuck nodes stand where they do least harm; null for
    /// row i and column j.</param>
    public EvolvingArray(string board, long seed, IEnumerable<NodeFault> faults, int inputs, int answers,
        LessonSettings settings, IReadOnlyList<Presentation>? known = null)
    {
        BoardDescription description = BoardCatalog.Find(board)
            ?? throw new ArgumentException($"there is no board profile '{board}'", nameof(board));
        _limits = description.Profile.Nodes;
        _plan = description.NodePlan ?? throw new ArgumentException($"the board profile '{board}' has no node array", nameof(board));
        _seed = seed;
        _settings = settings;
        _faults = [.. faults];
        _array = new VirtualNodeArray(_plan, seed, _faults);
        _driver = new NodeSpecimen(_array, _limits);
        Form();
        Stuck = Survey();
        _placement = known == null ? NodePlacement.Straight(inputs, answers) : Around(known, inputs, answers);
        _trainer = Trainer();
    }

    /// <summary>Nodes that did not follow pulses.</summary>
    public IReadOnlySet<int> Stuck { get; }

    /// <summary>Pulses of learning so far.</summary>
    public int Pulses => _trainer.Raised + _trainer.Lowered;

    /// <summary>Rows and columns of the array.</summary>
    public (int Rows, int Columns) Size => (_limits.Rows, _limits.Columns);

    /// <inheritdoc />
    public Task<IReadOnlyList<double>> MapAsync(CancellationToken cancellation) => Task.FromResult(Map());

    /// <inheritdoc />
    public Task<int> ShowAsync(Presentation shown, bool teach, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return Task.FromResult(teach ? _trainer.Teach([.. shown.Inputs], shown.Right) : _trainer.Answer([.. shown.Inputs]));
    }

    /// <summary>Takes the power off for an hour: only what the nodes keep is left, the trainer begins anew.</summary>
    /// <param name="cancellation">Not looked at.</param>
    /// <returns>Done.</returns>
    public Task CyclePowerAsync(CancellationToken cancellation)
    {
        IReadOnlyList<double> kept = _array.Keep();
        _array = new VirtualNodeArray(_plan, _seed, _faults);
        if (!_array.Restore(kept))
        {
            throw new InvalidOperationException("the array does not go on with what it kept");
        }

        _driver = new NodeSpecimen(_array, _limits) { Time = LongAgo };
        _trainer = Trainer();
        return Task.CompletedTask;
    }

    private IReadOnlyList<double> Map() => [.. Enumerable.Range(0, _limits.Count).Select(n => _driver.Read(n) / 1e6)];

    private NodeTrainer Trainer()
    {
        int width = (int)Math.Round(LessonPulse.Microseconds(_limits.PulseMicroseconds, _limits.PulseShare / 1e6));
        return new NodeTrainer(_driver, _limits.PulseMillivolts, _limits.MaxMicroamperes, _limits.MaxMicroseconds, _placement.Rows,
            _placement.Columns, width, _settings.Sharpness, _settings.Half, Averaged);
    }

    private NodePlacement Around(IReadOnlyList<Presentation> known, int inputs, int answers)
        => NodePlacement.Around(known, inputs, answers, (_limits.Rows, _limits.Columns), Stuck, Map());

    private void Form()
    {
        for (int node = 0; node < _limits.Count && _limits.FormFromMillivolts > 0; node++)
        {
            for (int mv = _limits.FormFromMillivolts; mv <= _limits.FormToMillivolts; mv += _limits.FormStepMillivolts)
            {
                _driver.Pulse(node, mv, _limits.FormMicroseconds, _limits.MaxMicroamperes);
            }
        }
    }

    // Lowers every node to the level that learning begins with; what does not follow is stuck.
    private HashSet<int> Survey()
    {
        HashSet<int> stuck = [];
        for (int node = 0; node < _limits.Count; node++)
        {
            int before = Mean(node);
            for (int k = 0; k < MostLevelling && Mean(node) > StartReading; k++)
            {
                _driver.Pulse(node, -_limits.PulseMillivolts, _limits.PulseMicroseconds, _limits.MaxMicroamperes);
            }

            for (int k = 0; k < MostLevelling && Mean(node) < StartReading / 2; k++)
            {
                _driver.Pulse(node, _limits.PulseMillivolts, _limits.PulseMicroseconds, _limits.MaxMicroamperes);
            }

            int after = Mean(node);
            if (Math.Abs(after - before) < 50_000 || after > StartReading * 1.3 || after < StartReading / 2 * 0.7)
            {
                stuck.Add(node);
            }
        }

        return stuck;
    }

    private int Mean(int node) => (_driver.Read(node) + _driver.Read(node) + _driver.Read(node) + _driver.Read(node)) / 4;
}
