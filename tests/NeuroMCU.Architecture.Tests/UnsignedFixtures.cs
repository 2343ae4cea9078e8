// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Architecture.Tests;

/// <summary>Small pieces of code that .NET and nanoCLR answer differently, and some that they answer alike.</summary>
internal static class UnsignedFixtures
{
    internal interface IScale
    {
        int Scale(int value);
    }

    internal static class ShiftsLocal
    {
        public static short Run(uint word) => (short)((int)word >> 18);
    }

    internal static class ShiftsSum
    {
        private static uint s_word;

        public static int Run(int count) => (int)(++s_word + (uint)count) >> 1;
    }

    internal static class ShiftsElement
    {
        public static long Run(ulong[] words) => (long)words[0] >> 1;
    }

    internal static class ShiftsDifferenceOfWidened
    {
        public static long Run(uint word) => ((long)word - 5) >> 1;
    }

    internal static class ShiftsOneOfTwo
    {
        public static int Run(int value, uint word, bool isWord) => (isWord ? (int)word : value) >> 1;
    }

    internal static class ShiftsEnum
    {
        internal enum Flags : uint
        {
            None,
        }

        public static int Run(Flags flags) => (int)flags >> 1;
    }

    internal static class TakesRemainder
    {
        public static int Run(uint word, int divisor) => (int)word % divisor;
    }

    internal static class Widens
    {
        public static long Run(uint word) => (int)word;
    }

    internal static class ConvertsToFloat
    {
        public static float Run(uint word) => (int)word;
    }

    internal static class ConvertsToDouble
    {
        public static double Run(ref uint word) => (int)word;
    }

    internal static class PassesAsSigned
    {
        public static int Run(uint word) => Halve(1, (int)word);

        private static int Halve(int unused, int value) => unused + (value >> 1);
    }

    internal static class ShiftsResult
    {
        public static long Run(ulong word) => Signed(word) >> 1;

        private static long Signed(ulong word) => (long)word;
    }

    internal static class PassesThroughInterface
    {
        public static int Run(IScale scale, uint word) => scale.Scale((int)word);

        internal sealed class Half : IScale
        {
            public int Scale(int value) => value >> 1;
        }
    }

    internal static class StoresFirst
    {
        private static int s_value;

        public static int Run(uint word)
        {
            s_value = (int)word;
            return (s_value >> 1) + (s_value % 3);
        }
    }

    internal static class NarrowsFirst
    {
        public static int Run(uint word) => ((short)(word >> 16) >> 2) + ((byte)word % 3);
    }

    internal static class StaysUnsigned
    {
        public static long Run(uint word, int value) => (word >> 3) + (word % 7) + (long)(float)word + (value + (int)word);
    }

    internal static class SubtractsFromSigned
    {
        public static int Run(int value, uint word) => (value - (int)word) >> 1;
    }

    internal static class KeepsTheBitsBelow
    {
        public static int Run(uint word, ulong wide) => (byte)((int)word >> 24) + (ushort)((int)word >> 16) + (int)((long)wide >> 32);
    }

    internal static class KeepsABitAbove
    {
        public static int Run(uint word) => (byte)((int)word >> 25);
    }

    internal static class CatchesAndLeaves
    {
        public static int Run(uint[] words, int value)
        {
            try
            {
                return (value >> 1) + (int)words[value];
            }
            catch (System.IndexOutOfRangeException)
            {
                return value % 3;
            }
            finally
            {
                words[0] = 0;
            }
        }
    }
}
