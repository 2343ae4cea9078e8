// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Host.Reference
{
    /// <summary>State of one population in double precision; values are relative to rest, in the physical membrane unit.</summary>
    internal sealed class ReferencePopulation
    {
        /// <summary>Sets up a population.</summary>
        /// <param name="population">The population.</param>
        /// <param name="clocked">True when it is stepped.</param>
        /// <param name="step">Step in µs.</param>
        public ReferencePopulation(Population population, bool clocked, int step)
        {
            Population = population;
            Clocked = clocked;
            int n = population.Size;
            Membrane = new double[n];
            Threshold = new double[n];
            ResetValue = new double[n];
            Floor = new double[n];
            Equilibrium = new double[n];
            Tau = new double[n];
            Refractory = new long[n];
            Since = new long[n];
            LastSpike = new long[n];
            Version = new int[n];
            Excitation = new double[n];
            Inhibition = new double[n];
            ArrivedExcitation = new double[n];
            ArrivedInhibition = new double[n];
            Hold = new long[n];
            Decay = new double[n];
            CouplingExcitatory = new double[n];
            CouplingInhibitory = new double[n];
            ExcitatoryDecay = population.TauExcitatory > 0 ? Math.Exp(-step / population.TauExcitatory) : 0;
            InhibitoryDecay = population.TauInhibitory > 0 ? Math.Exp(-step / population.TauInhibitory) : 0;
            for (int i = 0; i < n; i++)
            {
                Membrane[i] = population.Initial.At(i) - population.Rest;
                Threshold[i] = population.Threshold.At(i) - population.Rest;
                ResetValue[i] = population.Reset.At(i) - population.Rest;
                Floor[i] = population.Floor.At(i) - population.Rest;
                Equilibrium[i] = population.Bias.At(i);
                Tau[i] = population.Tau.At(i);
                Refractory[i] = (long)population.Refractory.At(i);
                LastSpike[i] = -1;
                Decay[i] = Math.Exp(-step / Tau[i]);
                CouplingExcitatory[i] = Coupling(step, Tau[i], population.TauExcitatory);
                CouplingInhibitory[i] = Coupling(step, Tau[i], population.TauInhibitory);
            }
        }

        /// <summary>The population.</summary>
        public Population Population { get; }

        /// <summary>True when it is stepped, false when it is event-driven or fires on demand.</summary>
        public bool Clocked { get; }

        /// <summary>Membrane u.</summary>
        public double[] Membrane { get; }

        /// <summary>Threshold θ.</summary>
        public double[] Threshold { get; }

        /// <summary>Reset value ρ.</summary>
        public double[] ResetValue { get; }

        /// <summary>Lower bound; negative infinity for none.</summary>
        public double[] Floor { get; }

        /// <summary>Equilibrium e, drive included.</summary>
        public double[] Equilibrium { get; }

        /// <summary>Membrane time constant in µs.</summary>
        public double[] Tau { get; }

        /// <summary>Refractory period in µs.</summary>
        public long[] Refractory { get; }

        /// <summary>Event-driven: time from which the membrane relaxes from its stored value; the end of the refractory period after a spike.</summary>
        public long[] Since { get; }

        /// <summary>Time of the last spike in µs; -1 before the first.</summary>
        public long[] LastSpike { get; }

        /// <summary>Event-driven: number of changes so far; a computed crossing of an older number is void.</summary>
        public int[] Version { get; }

        /// <summary>Excitatory current.</summary>
        public double[] Excitation { get; }

        /// <summary>Inhibitory current.</summary>
        public double[] Inhibition { get; }

        /// <summary>Clocked: weights that arrived since the last step, excitatory or delta.</summary>
        public double[] ArrivedExcitation { get; }

        /// <summary>Clocked: weights that arrived since the last step, inhibitory.</summary>
        public double[] ArrivedInhibition { get; }

        /// <summary>Clocked: steps for which the membrane is still held.</summary>
        public long[] Hold { get; }

        /// <summary>Clocked: exp(−h/τ).</summary>
        public double[] Decay { get; }

        /// <summary>Clocked: P_exc.</summary>
        public double[] CouplingExcitatory { get; }

        /// <summary>Clocked: P_inh.</summary>
        public double[] CouplingInhibitory { get; }

        /// <summary>Clocked: exp(−h/τ_exc).</summary>
        public double ExcitatoryDecay { get; }

        /// <summary>Clocked: exp(−h/τ_inh).</summary>
        public double InhibitoryDecay { get; }

        /// <summary>Brings an event-driven membrane forward, u ← e + (u − e)·exp(−Δt/τ).</summary>
        /// <param name="neuron">Neuron.</param>
        /// <param name="time">Time in µs; times before <see cref="Since" /> change nothing.</param>
        public void BringForward(int neuron, long time)
        {
            if (time > Since[neuron])
            {
                Membrane[neuron] = At(neuron, time);
                Since[neuron] = time;
            }
        }

        /// <summary>The membrane at a time, without changing anything.</summary>
        /// <param name="neuron">Neuron.</param>
        /// <param name="time">Time in µs.</param>
        /// <returns>u relative to rest.</returns>
        public double At(int neuron, long time)
        {
            if (Clocked || time <= Since[neuron])
            {
                return Membrane[neuron];
            }

            double e = Equilibrium[neuron];
            return Math.Max(e + ((Membrane[neuron] - e) * Math.Exp(-(time - Since[neuron]) / Tau[neuron])), Floor[neuron]);
        }

        /// <summary>Applies the reset rule.</summary>
        /// <param name="neuron">Neuron.</param>
        public void ApplyReset(int neuron)
        {
            double after = Population.ResetBy == ResetRule.Value
                ? ResetValue[neuron]
                : Membrane[neuron] - (Threshold[neuron] - ResetValue[neuron]);
            Membrane[neuron] = Math.Max(after, Floor[neuron]);
        }

        /// <summary>When the threshold is reached without further input.</summary>
        /// <param name="neuron">Neuron.</param>
        /// <param name="now">Time in µs of the change.</param>
        /// <returns>Time in µs, or long.MaxValue when it is never reached.</returns>
        public long NextCrossing(int neuron, long now)
        {
            double u = Membrane[neuron];
            double theta = Threshold[neuron];
            double e = Equilibrium[neuron];
            long since = Since[neuron];
            if (u >= theta)
            {
                return Math.Max(Math.Max(now, since), LastSpike[neuron] + 1);
            }

            if (e <= theta)
            {
                return long.MaxValue;
            }

            double wait = Tau[neuron] * Math.Log((e - u) / (e - theta));
            return wait > 1e15 ? long.MaxValue : Math.Max(now + 1, since + (long)Math.Ceiling(wait));
        }

        // P_x of the semantics page: the exact response of the membrane over one step to a unit of current that decays with τ_x.
        private static double Coupling(double step, double tau, double tauSynapse)
        {
            if (tauSynapse <= 0)
            {
                return 0;
            }

            return Math.Abs(tauSynapse - tau) < 1e-6 * tau
                ? step / tau * Math.Exp(-step / tau)
                : tauSynapse / (tauSynapse - tau) * (Math.Exp(-step / tauSynapse) - Math.Exp(-step / tau));
        }
    }
}
