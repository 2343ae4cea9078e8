// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Numerics
{
    /// <summary>
    /// Powers and logarithms of two in integers: a table of 128 values per octave and a short series between them. Relative error of a
    /// power below 2e-9, absolute error of a logarithm below 3e-9; the same bits on every machine.
    /// </summary>
    public static class Exponential
    {
        /// <summary>ln 2 in Q.30.</summary>
        private const long Ln2 = 744261118;

        /// <summary>log2 e in Q.30.</summary>
        private const long Log2E = 1549082005;

        // 2^30 · 2^(−i/128)
        private static readonly int[] s_powers = new int[]
        {
            1073741824, 1067942999, 1062175491, 1056439131, 1050733751, 1045059183, 1039415261, 1033801819, 1028218693, 1022665720,
            1017142735, 1011649578, 1006186087, 1000752102, 995347464, 989972014, 984625594, 979308048, 974019220, 968758955,
            963527098, 958323496, 953147997, 948000448, 942880699, 937788600, 932724001, 927686753, 922676710, 917693724,
            912737649, 907808339, 902905651, 898029440, 893179563, 888355878, 883558244, 878786521, 874040567, 869320244,
            864625413, 859955938, 855311680, 850692504, 846098274, 841528855, 836984114, 832463917, 827968132, 823496627,
            819049271, 814625932, 810226483, 805850792, 801498734, 797170178, 792865000, 788583072, 784324269, 780088465,
            775875538, 771685363, 767517817, 763372778, 759250125, 755149737, 751071493, 747015274, 742980960, 738968435,
            734977579, 731008277, 727060411, 723133865, 719228525, 715344277, 711481005, 707638598, 703816941, 700015924,
            696235434, 692475362, 688735596, 685016026, 681316545, 677637043, 673977412, 670337545, 666717336, 663116678,
            659535466, 655973594, 652430958, 648907455, 645402981, 641917433, 638450708, 635002706, 631573326, 628162466,
            624770026, 621395908, 618040012, 614702239, 611382493, 608080675, 604796689, 601530438, 598281827, 595050760,
            591837143, 588640881, 585461881, 582300049, 579155293, 576027521, 572916640, 569822560, 566745190, 563684439,
            560640218, 557612438, 554601009, 551605844, 548626854, 545663953, 542717053, 539786068,
        };

        // 2^30 · log2(1 + i/128)
        private static readonly int[] s_logarithms = new int[]
        {
            0, 12055174, 24017256, 35887675, 47667823, 59359063, 70962728, 82480119, 93912511, 105261148,
            116527248, 127712004, 138816582, 149842124, 160789745, 171660541, 182455581, 193175914, 203822568, 214396548,
            224898839, 235330407, 245692198, 255985140, 266210141, 276368092, 286459867, 296486323, 306448299, 316346620,
            326182095, 335955515, 345667660, 355319292, 364911162, 374444004, 383918542, 393335482, 402695523, 411999347,
            421247625, 430441017, 439580170, 448665721, 457698295, 466678506, 475606957, 484484242, 493310944, 502087636,
            510814882, 519493235, 528123241, 536705435, 545240343, 553728485, 562170370, 570566499, 578917365, 587223455,
            595485245, 603703206, 611877800, 620009483, 628098702, 636145900, 644151509, 652115959, 660039669, 667923055,
            675766525, 683570481, 691335320, 699061430, 706749198, 714399001, 722011213, 729586201, 737124328, 744625951,
            752091421, 759521085, 766915285, 774274358, 781598637, 788888448, 796144114, 803365955, 810554283, 817709409,
            824831638, 831921271, 838978604, 846003931, 852997541, 859959719, 866890747, 873790901, 880660455, 887499680,
            894308843, 901088206, 907838029, 914558569, 921250079, 927912807, 934547002, 941152905, 947730758, 954280797,
            960803257, 967298370, 973766362, 980207461, 986621888, 993009864, 999371606, 1005707329, 1012017244, 1018301561,
            1024560487, 1030794226, 1037002979, 1043186948, 1049346328, 1055481314, 1061592099, 1067678873,
        };

        /// <summary>Computes 2^−x for a fraction of an octave and lower.</summary>
        /// <param name="x">Exponent x ≥ 0 in Q.40.</param>
        /// <returns>2^−x in Q.30, rounded to nearest; 0 from x = 32 on.</returns>
        public static int Power(long x)
        {
            int octaves = (int)(x >> 40);
            if (octaves > 31)
            {
                return 0;
            }

            long fraction = Fraction(x);
            return octaves == 0 ? (int)fraction : (int)((fraction + (1L << (octaves - 1))) >> octaves);
        }

        /// <summary>Lets a value decay by a power of two.</summary>
        /// <param name="value">The value, in the range of an int.</param>
        /// <param name="x">Exponent x ≥ 0 in Q.40.</param>
        /// <returns>value · 2^−x, rounded to nearest, halves up.</returns>
        public static int Decay(int value, long x)
        {
            int octaves = (int)(x >> 40);
            if (octaves > 31)
            {
                return 0;
            }

            return (int)(((((long)value * Fraction(x)) >> (29 + octaves)) + 1) >> 1);
        }

        /// <summary>Computes the logarithm to base two.</summary>
        /// <param name="value">A number from 1 to 2^47 − 1.</param>
        /// <returns>log2(value) in Q.40, 0 to 47.</returns>
        public static long Logarithm(long value)
        {
            int shift = 0;
            long mantissa = value;
            while (mantissa >= 1L << 32)
            {
                mantissa >>= 1;
                shift--;
            }

            if (mantissa < 1L << 16)
            {
                mantissa <<= 16;
                shift = 16;
            }

            if (mantissa < 1L << 24)
            {
                mantissa <<= 8;
                shift += 8;
            }

            if (mantissa < 1L << 28)
            {
                mantissa <<= 4;
                shift += 4;
            }

            if (mantissa < 1L << 30)
            {
                mantissa <<= 2;
                shift += 2;
            }

            if (mantissa < 1L << 31)
            {
                mantissa <<= 1;
                shift++;
            }

            // mantissa = 2^31 · (1 + i/128) · (1 + z), z < 1/128
            int index = (int)(mantissa >> 24) & 127;
            long part = (long)(128 + index) << 24;
            long z = ((mantissa - part) << 32) / part;
            long square = (z * z) >> 32;
            long series = z - (square >> 1) + (((square * z) >> 32) / 3) - (((square * square) >> 32) >> 2);
            long logarithm = ((long)(31 - shift) << 40) + ((long)s_logarithms[index] << 10);
            return logarithm + (((series * Log2E) + (1L << 21)) >> 22);
        }

        /// <summary>2^30 · 2^−f for the fraction f of x in Q.40: table for the first 7 bits, third-order series for the rest.</summary>
        internal static long Fraction(long x)
        {
            long power = s_powers[(int)(x >> 33) & 127];
            long z = ((x & 0x1FFFFFFFFL) * Ln2) >> 30;
            long z32 = z >> 8;
            long half = (z32 * z32) >> 25;
            long series = z - half + (((half * z32) >> 32) / 3);
            return power - (((power * (series >> 8)) + (1L << 31)) >> 32);
        }
    }
}
