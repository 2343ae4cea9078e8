// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;
using NeuroMCU.Host.Thyristors;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Host.Tests.Thyristors
{
    public class BurstModeTests
    {
        // Memory of the threshold: within the 20 to 40 mV and at the 0.3 ms that give bursts at the published currents.
        private static readonly ThyristorPart s_part = new()
        {
            Capacitance = 10e-6,
            Load = 47,
            Threshold = 0.92,
            Onset = 32.3e-6,
            Knee = 0.81,
            Hold = 127.9e-6,
            OnVoltage = 0.70,
            OnResistance = 25,
            Memory = 23.5e-3,
            MemoryTime = 0.3e-3,
        };

        [Theory]
        [InlineData(72.2, 47, BurstMode.Tonic)]
        [InlineData(90, 100, BurstMode.Tonic)]
        [InlineData(45, 100, BurstMode.Tonic)]
        [InlineData(46.7, 2400, BurstMode.Fast)]
        [InlineData(90, 3000, BurstMode.Fast)]
        [InlineData(60, 3000, BurstMode.Fast)]
        [InlineData(60, 4000, BurstMode.Fast)]
        [InlineData(38.7, 3000, BurstMode.Bursting)]
        [InlineData(44.4, 2300, BurstMode.Bursting)]
        [InlineData(39.4, 2300, BurstMode.Bursting)]
        [InlineData(30, 2300, BurstMode.Silent)]
        [InlineData(132, 47, BurstMode.Silent)]
        public void The_bursting_circuit_is_in_the_published_mode(double microamps, double somaOhms, BurstMode mode)
        {
            // Figures 3 and 5 of Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023); C_s = 0.1 µF.
            var circuit = new BurstingCircuit(s_part, somaOhms, 0.1e-6);
            IReadOnlyList<double> spikes = CircuitRates.Spikes(circuit, microamps * 1e-6, 0.5, 0.5);
            double charging = s_part.Capacitance * (s_part.Threshold - s_part.OnVoltage) / (microamps * 1e-6);
            Assert.Equal(mode, BurstModes.Classify(spikes, charging));
        }

        [Fact]
        public void A_plateau_after_a_burst_makes_it_IB2()
        {
            double[] spikes = [0, 1e-3, 2e-3, 41e-3, 42e-3, 43e-3];
            Assert.Equal(BurstMode.Bursting, BurstModes.Classify(spikes, 30e-3));
            Assert.Equal(BurstMode.PlateauBursting, BurstModes.Classify(spikes, 30e-3, 16e-3));
        }

        [Fact]
        public void The_charging_time_is_that_of_the_capacitor()
        {
            double time = BurstModes.ChargingTime(ThyristorPresets.Get("w23"), 72.2e-6);
            Assert.InRange(time, 29e-3, 32e-3);
        }
    }
}
