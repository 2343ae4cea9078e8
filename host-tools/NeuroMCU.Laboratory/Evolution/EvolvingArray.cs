// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>A virtual array that is formed, brought to a low level and then taught by the firmware's trainer, through its pulses.</summary>
public sealed class EvolvingArray
{
    // A pulse goes about 1/31 of the range from its middle.
    private const double Step = 2.0 / 31;
    private const int StartReading = 350_000;
    private const int MostLevelling = 60;
    private const int LongAgo = 3600;

    private readonly BoardNodes _limits;
    private readonly NodeArrayPlan _plan;
    private readonly long _seed;
    private readonly int _half;
    private int _presentations;
    private int _width;
    private readonly int _sharpness;
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
    /// <param name="sharpness">Answers compete by exp(sharpness · sum).</param>
    /// <param name="half">Presentations after which pulses are half as long; 0 for pulses that stay as they are.</param>
    /// <param name="known">What it will be taught: rows and columns are chosen so that stuck nodes stand where they do least harm; null for
    /// row i and column j.</param>
    public EvolvingArray(string board, long seed, IEnumerable<NodeFault> faults, int inputs, int answers,
        IReadOnlyList<Presentation>? known = null,
        int sharpness = 4, int half = 0)
    {
        BoardDescription description = BoardCatalog.Find(board)
            ?? throw new ArgumentException($"there is no board profile '{board}'", nameof(board));
        _limits = description.Profile.Nodes;
        _plan = description.NodePlan ?? throw new ArgumentException($"the board profile '{board}' has no node array", nameof(board));
        _seed = seed;
        _half = half;
        _sharpness = sharpness;
        _faults = [.. faults];
        _array = new VirtualNodeArray(_plan, seed, _faults);
        _driver = new NodeSpecimen(_array, _limits);
        Virgin = Map();
        Form();
        Stuck = Survey();
        _placement = known == null ? NodePlacement.Straight(inputs, answers) : Around(known, inputs, answers);
        _trainer = Trainer();
    }

    /// <summary>Readings of all nodes before anything was done, row by row, as parts of full scale.</summary>
    public IReadOnlyList<double> Virgin { get; }

    /// <summary>Nodes that did not follow pulses.</summary>
    public IReadOnlySet<int> Stuck { get; }

    /// <summary>Pulses of learning so far.</summary>
    public int Pulses => _trainer.Raised + _trainer.Lowered;

    /// <summary>Rows and columns of the array.</summary>
    public (int Rows, int Columns) Size => (_limits.Rows, _limits.Columns);

    /// <summary>Readings of all nodes now, as parts of full scale.</summary>
    public IReadOnlyList<double> Map() => [.. Enumerable.Range(0, _limits.Count).Select(n => _driver.Read(n) / 1e6)];

    /// <summary>Shows something and teaches the right answer.</summary>
    /// <param name="shown">What is shown.</param>
    /// <returns>The answer before learning; −1 when there was nothing to see.</returns>
    public int Teach(Presentation shown)
    {
        _trainer.Microseconds = _half == 0 ? _width : (int)Math.Round(_width / (1 + (_presentations / (double)_half)));
        _presentations++;
        return _trainer.Teach([.. shown.Inputs], shown.Right);
    }

    /// <summary>Shows something.</summary>
    /// <param name="shown">What is shown.</param>
    /// <returns>The answer; −1 when there was nothing to see.</returns>
    public int Answer(Presentation shown) => _trainer.Answer([.. shown.Inputs]);

    /// <summary>Part of presentations that are answered rightly; those without any spike count as wrong.</summary>
    /// <param name="shown">What is shown.</param>
    /// <returns>0 to 1.</returns>
    public double Accuracy(IReadOnlyCollection<Presentation> shown) => shown.Count(s => Answer(s) == s.Right) / (double)shown.Count;

    /// <summary>Takes the power off for an hour: only what the nodes keep is left, the trainer begins anew.</summary>
    public void CyclePower()
    {
        IReadOnlyList<double> kept = _array.Keep();
        _array = new VirtualNodeArray(_plan, _seed, _faults);
        if (!_array.Restore(kept))
        {
            throw new InvalidOperationException("the array does not go on with what it kept");
        }

        _driver = new NodeSpecimen(_array, _limits) { Time = LongAgo };
        _trainer = Trainer();
    }

    private NodeTrainer Trainer()
    {
        double share = _limits.PulseShare / 1e6;
        _width = (int)Math.Round(_limits.PulseMicroseconds * Math.Log(1 - Step) / Math.Log(1 - share));
        return new NodeTrainer(_driver, _limits.PulseMillivolts, _limits.MaxMicroamperes, _limits.MaxMicroseconds, _placement.Rows,
            _placement.Columns, _width, _sharpness);
    }

    // A stuck node does least harm where it conducts what would be learned there: much where its input belongs to its answer.
    private NodePlacement Around(IReadOnlyList<Presentation> known, int inputs, int answers)
    {
        IReadOnlyList<double> readings = Map();
        double[,] mean = new double[inputs, answers];
        for (int j = 0; j < answers; j++)
        {
            Presentation[] own = [.. known.Where(p => p.Right == j)];
            for (int i = 0; i < inputs; i++)
            {
                mean[i, j] = own.Select(p => p.Inputs[i] / 65536.0).DefaultIfEmpty(0).Average();
            }
        }

        return NodePlacement.Around(inputs, answers, _limits.Rows, _limits.Columns, (row, column, i, j) =>
        {
            int node = (row * _limits.Columns) + column;
            double usual = Enumerable.Range(0, answers).Average(k => mean[i, k]);
            return Stuck.Contains(node) ? usual * Math.Abs(readings[node] - Math.Clamp(0.35 + mean[i, j] - usual, 0, 1)) : 0;
        });
    }

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
