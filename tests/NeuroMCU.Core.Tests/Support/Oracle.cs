// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Tests.Support;

/// <summary>
/// The rules of the engine written down as plainly as possible: one priority queue of single arrivals, one object per neuron, linear
/// searches. With the same rounding it must give the engine's spikes bit for bit; in double precision, nearly all of them.
/// </summary>
internal sealed class Oracle
{
    private readonly NetworkTables _tables;
    private readonly bool _exact;
    private readonly List<Neuron> _neurons = [];
    private const double Fine = 65536;

    private readonly PriorityQueue<(int Projection, int Row, long Sent, int Synapse),
        (long Time, int Projection, int Row, long Sent, int Synapse)> _arrivals = new();
    private readonly List<(long Time, int Table, int Train, uint State)> _trains = [];
    private readonly List<(long Time, int Neuron)> _spikes = [];
    private readonly List<(long Time, int Trace, int Value)> _samples = [];

    internal Oracle(NetworkTables tables, bool exact)
    {
        _tables = tables;
        _exact = exact;
        for (int p = 0; p < tables.Populations.Length; p++)
        {
            for (int i = 0; i < tables.Populations[p].Size; i++)
            {
                _neurons.Add(new Neuron(tables.Populations[p], p, i));
            }
        }
    }

    internal IReadOnlyList<(long Time, int Neuron)> Spikes => _spikes;

    internal IReadOnlyList<(long Time, int Trace, int Value)> Samples => _samples;

    internal void Run(long until)
    {
        foreach (Neuron neuron in _neurons.Where(n => n.Table.IsLif))
        {
            neuron.U = At(neuron.Table.Initial, neuron.Index) - At(neuron.Table.Equilibrium, neuron.Index);
            neuron.E = At(neuron.Table.Equilibrium, neuron.Index);
            ComputeCrossing(neuron, 0);
        }

        for (int i = 0; i < _tables.PoissonSources.Length; i++)
        {
            for (int k = 0; k < _tables.PoissonSources[i].Count; k++)
            {
                Draw(i, k, PoissonGenerator.Start(_tables.PoissonSources[i].Seed + (uint)k), _tables.PoissonSources[i].Start);
            }
        }

        int stored = 0;
        long step = _tables.Step;
        bool clocked = _tables.Populations.Any(p => p.Update == UpdateKind.Clocked);
        long now = -1;
        while (true)
        {
            // Every kind's next time, in the order of the rules; the first of the earliest is served.
            long drive = _tables.Drives.SelectMany(d => new long[] { d.Start, d.Stop }).Where(t => t > now && t != int.MaxValue)
                .DefaultIfEmpty(long.MaxValue).Min();
            long spike = stored < _tables.SpikeTimes.Length ? _tables.SpikeTimes[stored] : long.MaxValue;
            long train = _trains.Count == 0 ? long.MaxValue : _trains.Min(t => t.Time);
            long arrival = _arrivals.TryPeek(out _, out var key) ? key.Time : long.MaxValue;
            long crossing = _neurons.Exists(n => n.Open) ? now : _neurons.Min(n => n.Crossing);
            long clock = clocked ? step : long.MaxValue;
            long next = new[] { drive, spike, train, arrival, crossing, clock }.Min();

            // Samples come last in their microsecond.
            Sample(now, Math.Min(next, until + 1));
            if (next > until)
            {
                return;
            }

            if (next == drive)
            {
                now = next;
                foreach (DriveTable table in _tables.Drives.Where(d => d.Start == now || (d.Stop == now && d.Stop != int.MaxValue)))
                {
                    Drive(table, now);
                }
            }
            else if (next == spike)
            {
                Fire(_neurons[_tables.SpikeSources[stored++]], next);
            }
            else if (next == train)
            {
                var first = _trains.Where(t => t.Time == train).OrderBy(t => t.Table).ThenBy(t => t.Train).First();
                _trains.Remove(first);
                Fire(_neurons[_tables.PoissonSources[first.Table].First + first.Train], next);
                Draw(first.Table, first.Train, first.State, next);
            }
            else if (next == arrival)
            {
                ServeBatch(next);
            }
            else if (next == crossing)
            {
                Round(next);
            }
            else
            {
                foreach (Neuron neuron in _neurons.Where(n => n.Table.Update == UpdateKind.Clocked))
                {
                    Step(neuron, next);
                }

                step += _tables.Step;
            }

            now = Math.Max(now, next);
        }
    }

    private static int At(long[] values, int index) => (int)values[values.Length == 1 ? 0 : index];

    private void Draw(int table, int train, uint state, long from)
    {
        PoissonTable source = _tables.PoissonSources[table];
        uint drawn = PoissonGenerator.Draw(state);
        long time = from + PoissonGenerator.Interval(drawn, source.MeanInterval);
        if (time < source.Stop || source.Stop == int.MaxValue)
        {
            _trains.Add((time, table, train, drawn));
        }
    }

    private void Sample(long from, long to)
    {
        for (int i = 0; i < _tables.Traces.Length; i++)
        {
            long interval = _tables.Traces[i].Interval;
            for (long t = Math.Max(0, (from + interval - 1) / interval * interval); t < to; t += interval)
            {
                if (_samples.Any(s => s.Trace == i && s.Time == t))
                {
                    continue;
                }

                Neuron neuron = _neurons[_tables.Traces[i].Neuron];
                double u = neuron.Table.Update == UpdateKind.Clocked ? neuron.U : Relaxed(neuron, t);
                _samples.Add((t, i, (int)Math.Clamp(u + neuron.E, int.MinValue, int.MaxValue)));
            }
        }
    }

    private void Drive(DriveTable table, long now)
    {
        for (int i = table.First; i < table.First + table.Count; i++)
        {
            Neuron neuron = _neurons.First(n => n.Population == table.Population && n.Index == i);
            bool clocked = neuron.Table.Update == UpdateKind.Clocked;
            if (!clocked)
            {
                BringForward(neuron, now);
            }

            double e = At(neuron.Table.Equilibrium, i);
            foreach (DriveTable drive in _tables.Drives.Where(d => d.Population == table.Population && i >= d.First
                && i < d.First + d.Count && now >= d.Start && (now < d.Stop || d.Stop == int.MaxValue)))
            {
                e += drive.Amplitude;
            }

            neuron.U -= e - neuron.E;
            neuron.E = e;
            if (!clocked)
            {
                ComputeCrossing(neuron, now);
            }
        }
    }

    // All that are at their threshold fire, before anything of what they send is looked at.
    private void Round(long now)
    {
        Neuron[] due = _neurons.Where(n => n.Crossing == now).ToArray();
        foreach (Neuron neuron in _neurons.Where(n => n.Open))
        {
            neuron.Open = false;
            neuron.U = Math.Max(neuron.U, At(neuron.Table.Floor, neuron.Index) - neuron.E);
            if (neuron.U >= At(neuron.Table.Threshold, neuron.Index) - neuron.E)
            {
                Cross(neuron, now);
            }
            else
            {
                ComputeCrossing(neuron, now);
            }
        }

        foreach (Neuron neuron in due)
        {
            double threshold = At(neuron.Table.Threshold, neuron.Index) - neuron.E;
            double left = neuron.U >= threshold ? RelaxedBy(neuron, ((now - neuron.Last) * Fine) + neuron.CrossesAfter - neuron.After)
                : threshold;
            neuron.U = Math.Max(left, threshold);
            neuron.After = neuron.CrossesAfter;
            Cross(neuron, now);
        }
    }

    private void ServeBatch(long now)
    {
        _arrivals.TryPeek(out _, out var head);
        List<(int Projection, int Row, long Sent, int Synapse)> batch = [];
        while (_arrivals.TryPeek(out _, out var key) && key.Time == now && key.Projection == head.Projection && key.Row == head.Row
            && key.Sent == head.Sent)
        {
            batch.Add(_arrivals.Dequeue());
        }

        ProjectionTable projection = _tables.Projections[head.Projection];
        foreach (var arrival in batch)
        {
            int index = projection.Synapses[arrival.Synapse] & Formats.TargetMask;
            Receive(_neurons.First(n => n.Population == projection.Target && n.Index == index),
                (double)projection.Weights[arrival.Synapse] * projection.WeightScale, projection.Receptor, now);
        }
    }

    private void Receive(Neuron neuron, double weight, int receptor, long now)
    {
        if (neuron.Table.Update == UpdateKind.Clocked)
        {
            neuron.Input[receptor] += weight;
            return;
        }

        if (now < neuron.Last)
        {
            return;
        }

        BringForward(neuron, now);
        neuron.U += weight;
        neuron.Open = true;
        neuron.Crossing = long.MaxValue;
    }

    private void Cross(Neuron neuron, long now)
    {
        ApplyReset(neuron);
        neuron.Last = now + At(neuron.Table.Refractory, neuron.Index);
        Fire(neuron, now);
        ComputeCrossing(neuron, now + 1);
    }

    private static void ApplyReset(Neuron neuron)
    {
        double reset = At(neuron.Table.ResetValue, neuron.Index);
        neuron.U = !neuron.Table.Subtracts ? reset - neuron.E : neuron.U - (At(neuron.Table.Threshold, neuron.Index) - reset);
    }

    private void Fire(Neuron neuron, long now)
    {
        if (neuron.Table.Recorded)
        {
            _spikes.Add((now, _neurons.IndexOf(neuron)));
        }

        for (int p = 0; p < _tables.Projections.Length; p++)
        {
            ProjectionTable projection = _tables.Projections[p];
            if (projection.Source == neuron.Population)
            {
                for (int s = projection.RowStart[neuron.Index]; s < projection.RowStart[neuron.Index + 1]; s++)
                {
                    _arrivals.Enqueue((p, neuron.Index, now, s),
                        (now + ((uint)projection.Synapses[s] >> Formats.TargetBits), p, neuron.Index, now, s));
                }
            }
        }
    }

    private void Step(Neuron neuron, long now)
    {
        double u = neuron.U * At(neuron.Table.MembraneDecay, neuron.Index) / 2147483648.0;
        if (neuron.Table.IsExponential)
        {
            double sum = (neuron.U * At(neuron.Table.MembraneDecay, neuron.Index))
                + (neuron.Current[0] * At(neuron.Table.ExcitatoryCoupling, neuron.Index))
                + (neuron.Current[1] * At(neuron.Table.InhibitoryCoupling, neuron.Index));
            u = sum / 2147483648.0;
            if (!_exact)
            {
                long products = ((long)neuron.U * At(neuron.Table.MembraneDecay, neuron.Index))
                    + ((long)neuron.Current[0] * At(neuron.Table.ExcitatoryCoupling, neuron.Index))
                    + ((long)neuron.Current[1] * At(neuron.Table.InhibitoryCoupling, neuron.Index));
                u = (products + (1L << 30)) >> 31;
            }

            for (int r = 0; r < 2; r++)
            {
                double decay = r == 0 ? neuron.Table.ExcitatoryDecay[0] : neuron.Table.InhibitoryDecay[0];
                neuron.Current[r] = _exact ? neuron.Current[r] * decay / 2147483648.0
                    : (((long)neuron.Current[r] * (long)decay) + (1L << 30)) >> 31;
                neuron.Current[r] += neuron.Input[r];
                neuron.Current[r] = _exact ? neuron.Current[r] : Math.Clamp(neuron.Current[r], -(1 << 30), 1 << 30);
                neuron.Input[r] = 0;
            }
        }
        else
        {
            if (!_exact)
            {
                u = (((long)neuron.U * At(neuron.Table.MembraneDecay, neuron.Index)) + (1L << 30)) >> 31;
            }

            u += neuron.Input[0];
            neuron.Input[0] = 0;
        }

        if (neuron.Hold > 0)
        {
            neuron.Hold--;
            return;
        }

        neuron.U = Math.Max(u, At(neuron.Table.Floor, neuron.Index) - neuron.E);
        if (neuron.U >= At(neuron.Table.Threshold, neuron.Index) - neuron.E)
        {
            ApplyReset(neuron);
            neuron.Hold = (At(neuron.Table.Refractory, neuron.Index) + _tables.Step - 1) / _tables.Step;
            Fire(neuron, now);
        }
    }

    private double Relaxed(Neuron neuron, long now)
    {
        long elapsed = now - neuron.Last;
        if (elapsed < 0)
        {
            return neuron.U;
        }

        if (_exact || neuron.After != 0 || elapsed >= DecayTable.Range)
        {
            return RelaxedBy(neuron, (elapsed * Fine) - neuron.After);
        }

        long rate = Rate(neuron);
        long factor = ((long)Exponential.Power((elapsed >> 9 << 9) * rate) * Exponential.Power((elapsed & 511) * rate)) >> 30;
        return (((long)neuron.U * factor) + (1L << 29)) >> 30;
    }

    // Another than a whole number of µs, in 2^-16 of one.
    private double RelaxedBy(Neuron neuron, double elapsed)
    {
        if (elapsed <= 0)
        {
            return neuron.U;
        }

        long rate = Rate(neuron);
        if (_exact)
        {
            return neuron.U * Math.Pow(2, -elapsed / Fine * rate / Math.Pow(2, 40));
        }

        // Fast rates give up their last ten bits.
        Int128 octaves = rate >= 1L << 36 ? ((Int128)elapsed * (rate >> 10)) >> 6 : ((Int128)elapsed * rate) >> 16;
        return Exponential.Decay((int)neuron.U, (long)Int128.Min(octaves, 40L << 40));
    }

    private static long Rate(Neuron neuron) => neuron.Table.LeakRate.Length == 1 ? neuron.Table.LeakRate[0]
        : neuron.Table.LeakRate[neuron.Index];

    private void BringForward(Neuron neuron, long now)
    {
        if (now > neuron.Last || (now == neuron.Last && neuron.After < 0))
        {
            neuron.U = Relaxed(neuron, now);
            neuron.Last = now;
            neuron.After = 0;
        }
    }

    // At the nearest microsecond, but not before the earliest that is allowed.
    private void ComputeCrossing(Neuron neuron, long earliest)
    {
        neuron.Crossing = long.MaxValue;
        if (neuron.Table.Update == UpdateKind.Clocked || !neuron.Table.IsLif)
        {
            return;
        }

        double threshold = At(neuron.Table.Threshold, neuron.Index) - neuron.E;
        double moment = (neuron.Last * Fine) + neuron.After;
        if (neuron.U >= threshold)
        {
            moment = neuron.Last < earliest ? (earliest * Fine) + neuron.After : moment;
        }
        else if (threshold < 0)
        {
            moment += TimeToThreshold(neuron, threshold);
        }
        else
        {
            return;
        }

        neuron.Crossing = (long)Math.Floor((moment / Fine) + 0.5);
        if (neuron.Crossing < earliest)
        {
            neuron.Crossing = earliest;
            moment = (earliest - 0.5) * Fine;
        }

        neuron.CrossesAfter = moment - (neuron.Crossing * Fine);
    }

    private double TimeToThreshold(Neuron neuron, double threshold)
    {
        long rate = Rate(neuron);
        if (_exact)
        {
            return Math.Log2(neuron.U / threshold) / (rate / Math.Pow(2, 40)) * Fine;
        }

        long octaves = Exponential.Logarithm((long)-neuron.U) - Exponential.Logarithm((long)-threshold);
        return octaves <= 0 ? 0 : ((octaves << 16) + (rate >> 1)) / rate;
    }

    private sealed class Neuron(PopulationTable table, int population, int index)
    {
        public PopulationTable Table { get; } = table;

        public int Population { get; } = population;

        public int Index { get; } = index;

        public double U { get; set; }

        /// <summary>How far, in 2^-16 µs, the moment of U lies after <see cref="Last" />.</summary>
        public double After { get; set; }

        /// <summary>How far the computed crossing lies after its microsecond.</summary>
        public double CrossesAfter { get; set; }

        public double E { get; set; }

        public long Last { get; set; }

        public long Crossing { get; set; } = long.MaxValue;

        public double[] Input { get; } = new double[2];

        public double[] Current { get; } = new double[2];

        public int Hold { get; set; }

        // Something has arrived in this microsecond.
        public bool Open { get; set; }
    }
}
