// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>
    /// Further texts of the library, as the compiler makes them at the step of each. Their tables have the right lengths and no values:
    /// what an instruction costs does not depend on them.
    /// </summary>
    public static class LibraryNetworks
    {
        /// <summary>Makes neurons of `model: cuba-lif` in the preset `tonic`.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables CubaLif(int size)
        {
            return EquationNetworks.Network(Program(
                new int[]
                {
                    30, 0, 0, -644245094, -214748365, 0, -685479644, 1, 685479644, 2, 1370959288, 3, 685479644, 1958920000, -33588487,
                    37, 2, 1, 2, 2, 2126115829, 1073741824, 0, 31, 1, 1, 1, 2104960623, 1073741824, 0, 31, 23, 0, 5, 4, 27, 0,
                    -214748365, 4, 3, 0, 0, 0, 0, 0, -171798528, -1030792150, 34, -644245094, -214748365, 5, 0, 1, 0, 0, 0, 0, 0,
                    -2147483648, 2147483647, 4, 0, 0, 0, 0, 51, 0, 0, -2147483648, 2147483647,
                },
                new int[] { -257698038, 0, 0, 42949673, 0, 0 },
                new int[] { }), size);
        }

        /// <summary>Makes neurons of `model: coba-lif` in the preset `tonic`.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables CobaLif(int size)
        {
            return EquationNetworks.Network(Program(
                new int[]
                {
                    1, 6, 0, -1073741824, 536870912, 0, 30, 10, 7, 6, 1, 268435456, 0, 29, 10, 6, 2, 0, 268435456, 0, 29, 3, 8, 2,
                    -687194767, 7, 268435456, 6, -1073741824, 536870912, 0, 30, 3, 6, 0, -5629500, 3, 16777216, 8, 1073741824, 388467821,
                    -337770, 29, 2, 8, 1, -268435456, 2, -1073741824, -1360545309, -703688, 30, 7, 7, 8, 0, -706502192, 21, 11, 0, 0,
                    -644245094, -214748365, 6, 7, 30, 2048000000, 0, 0, 0, 0, 0, 0, -2147483648, 0, 32, 2, 1, 2, 2, 2126115829,
                    1073741824, 0, 31, 1, 1, 1, 2104960623, 1073741824, 0, 31, 23, 0, 5, 4, 27, 0, -214748365, 4, 3, 0, 0, 0, 0, 0,
                    -171798528, -1030792150, 34, -644245094, -214748365, 5, 0, 1, 0, 0, 0, 0, 0, -2147483648, 2147483647, 4, 0, 0, 0, 0,
                    51, 0, 0, -2147483648, 2147483647,
                },
                new int[] { -257698038, 0, 0, 28823038, 0, 0, 0, 0, 0 },
                new int[] { 337 }), size);
        }

        /// <summary>Makes neurons of `model: quadratic-if` in the preset `tonic`.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables QuadraticIf(int size)
        {
            return EquationNetworks.Network(Program(
                new int[]
                {
                    8, 0, -644245094, 85899346, 0, 0, -644245095, 21, 1, 2048000000, 0, 64, 38, 2, 27, 0, 85899346, -1, 1, 0, 0, 0, 0, 0,
                    -1889785856, -601295421, 33, -644245094, 85899346,
                },
                new int[] { -279172874, 28823038 },
                new int[] { 347 }), size);
        }

        /// <summary>Makes neurons of `model: morris-lecar` in the preset `hopf-firing`.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables MorrisLecar(int size)
        {
            return EquationNetworks.Network(Program(
                new int[]
                {
                    1, 4, 0, -1073741824, -781684096, -180388627, 31, 7, 5, 0, 0, -855323444, 19, 11, 6, 0, -858993459, 687194767, 4, 1,
                    30, 1374389535, 0, -171798692, 2, 549755814, 5, 536870912, -89335296, -20615842, 34, 3, 12, 1, 1, 0, 1073741824, 0,
                    -858993460, 23, 1, 2, 36, 3, 22, 0, 6, 25, 0, 0, 3, -1, 0,
                },
                new int[] { -523127017, 15998753, 134217728, 0, 0, 0, 0 },
                new int[] { 2936, 186, 186 }), size);
        }

        /// <summary>Makes neurons of `model: ionic-slit` in the preset `firing`.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables IonicSlit(int size)
        {
            return EquationNetworks.Network(Program(
                new int[]
                {
                    2, 5, 1, -1109980611, 2, -221996122, 1073741824, 0, 31, 11, 6, 0, -858993459, 858993459, 0, 5, 29, 1073741824, 3,
                    53687091, 1, 887984488, 2, -177596898, 0, 1, 33, 3, 7, 5, 0, 0, -858993460, 19, 2, 7, 2, -16106127, 5, -1127428915,
                    -1651157227, -64425, 30, 11, 2, 2, 0, 1073741824, 2, 7, 30, 1073741824, 5, 1127428915, 2, 0, 2, 0, -1033197333,
                    64424, 31, 3, 2, 7, 1, -161061274, 5, -1127428915, -1651157227, -64425, 30, 11, 1, 1, 0, 1073741824, 1, 7, 30,
                    1073741824, 5, 1127428915, 1, 0, 1, 0, -1033197333, 64424, 31, 3, 22, 0, 6, 25, 0, 214748365, 4, -1, 0,
                },
                new int[] { 0, 107374182, 214748365, 67108864, 0, 0, 0, 0 },
                new int[] { 3278 }), size);
        }

        /// <summary>Makes neurons of `model: hodgkin-huxley` in the preset `firing`.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables HodgkinHuxley(int size)
        {
            return EquationNetworks.Network(Program(
                new int[]
                {
                    10, 6, 1, 1, 536870912, 0, 30, 10, 7, 6, 1, 536870912, 0, 30, 10, 6, 3, 3, 536870912, 0, 30, 10, 8, 6, 3, 536870912,
                    0, 30, 10, 6, 7, 2, 536870912, 0, 30, 10, 7, 8, 3, 536870912, 0, 30, 2, 8, 6, -1610612736, 7, -483183821, 1245540516,
                    -1006633, 31, 11, 9, 0, -858993459, 515396076, 0, 8, 30, 1073741824, 4, 10737418, 6, 322122547, 7, -148820617,
                    189270275, -218991, 28, 3, 12, 3, 3, 0, 1073741824, 0, -858993460, 22, 0, 1, 35, 3, 12, 2, 2, 0, 1073741824, 0,
                    -858993460, 21, 2, 3, 35, 3, 12, 1, 1, 0, 1073741824, 0, -858993460, 20, 4, 5, 30, 3, 22, 0, 9, 25, 0, 0, 5, -1, 0,
                },
                new int[] { -558345748, 56800942, 640057501, 341127777, 53687091, 0, 0, 0, 0, 0 },
                new int[] { 327, 327, 645, 645, 1311, 1311 }), size);
        }

        /// <summary>Makes neurons of `model: pinsky-rinzel` in the preset `bursting`.</summary>
        /// <param name="size">Number of neurons.</param>
        public static NetworkTables PinskyRinzel(int size)
        {
            return EquationNetworks.Network(Program(
                new int[]
                {
                    21, 13, 2, -2147483648, 262144000, 0, 10, 14, 5, 5, 536870912, 0, 30, 10, 15, 13, 6, 134217728, 0, 28, 3, 13, 7,
                    -91625969, 14, -1145324612, 15, -1759218604, -1368662912, -123122396, 32, 3, 16, 11, 91625969, 14, 1466015504, 15,
                    -2111062325, 1073741824, 0, 31, 11, 15, 1, -858993459, 687194767, 1, 13, 30, 1073741824, 7, -13743895, 0, 120259084, 16,
                    268435456, 499590596, -343597, 32, 3, 4, 9, 9, 0, 1048576000, 9, -1172812403, 0, 1024, 43, 3, 1, 8, 8, 2126008812,
                    1073741824, 0, 31, 21, 16, 2, -2147483648, 524288000, 0, 1, 13, 16, -1801439851, -1849069312, -21990233, 30, 11, 7, 7,
                    0, 1073741824, 7, 13, 30, 1073741824, 16, 1801439851, 7, 0, 7, 0, 0, 512, 42, 3, 12, 6, 6, 0, 1073741824, 1, -861845586,
                    22, 0, 1, 32, 3, 11, 2, 2, 0, 1048576000, 14, 1, 30, -1744830464, 2, -824633721, 14, 1116691497, 2, 0, 0, 64, 39, 3, 12,
                    5, 5, 0, 1073741824, 1, -850604852, 22, 2, 3, 34, 3, 7, 14, 0, 4, -640889652, 21, 10, 16, 4, 0, 536870912, 0, 30, 3, 13,
                    10, 45812984, 4, -1030792151, 16, -1717986918, 1073741824, 0, 31, 11, 16, 0, -858993459, 515396076, 14, 3, 30,
                    1407374884, 0, -246244792, 1, 240518169, 13, 1073741824, 999181192, -687194, 33, 3, 12, 4, 4, 0, 1073741824, 0,
                    -858993460, 22, 5, 6, 35, 3, 12, 3, 3, 0, 1073741824, 0, -858993460, 21, 7, 8, 33, 3, 22, 1, 15, 22, 0, 16, 25, 0,
                    -214748365, 12, -1, 0,
                },
                new int[] { -515396076, -515396076, 0, 0, 0, 0, 0, 0, 0, 0, 32212255, 0, 0, 0, 0, 0, 0 },
                new int[] { 371, 371, 366, 366, 474, 325, 325, 645, 645 }), size);
        }

        private static VectorProgram Program(int[] code, int[] start, int[] entries)
        {
            VectorProgram program = new VectorProgram();
            program.Code = code;
            program.Tables = new int[entries.Length][];
            for (int i = 0; i < entries.Length; i++)
            {
                program.Tables[i] = new int[entries[i]];
            }

            program.Start = new int[start.Length][];
            for (int i = 0; i < start.Length; i++)
            {
                program.Start[i] = new int[] { start[i] };
            }

            return program;
        }
    }
}
