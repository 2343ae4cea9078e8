// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Architecture.Tests;

/// <summary>Small pieces of code that the device could not run, and one that it could.</summary>
internal static class Fixtures
{
    internal static class CallsLinq
    {
        public static int Run(int[] values) => values.Sum();
    }

    internal static class UsesGenericList
    {
        public static int Run(List<int> values) => values.Count;
    }

    internal static class DeclaresGenericMethod
    {
        public static T Run<T>(T value) => value;
    }

    internal static class UsesTwoDimensions
    {
        public static int Run(int[,] values) => values[0, 0];
    }

    internal static class AllocatesOnStack
    {
        public static unsafe int Run(int count)
        {
            var values = stackalloc int[count];
            return values[0];
        }
    }

    internal static class ChecksOverflow
    {
        public static int Run(int value) => checked(value + 1);
    }

    internal static class CallsFunctionPointer
    {
        public static unsafe int Run(delegate*<int, int> function) => function(1);
    }

    internal static class UsesDecimal
    {
        public static bool Run(decimal value) => value > 1m;
    }

    internal static class ReadsStopwatch
    {
        public static long Run() => Stopwatch.GetTimestamp();
    }

    internal static class JoinsStrings
    {
        public static string Run(string[] values) => string.Join(",", values);
    }

    internal static class HasVolatileField
    {
        private static volatile int s_flag;

        public static int Run() => ++s_flag;
    }

    internal static class IsPlain
    {
        public static int Run(int[] values)
        {
            var sum = 0;
            for (var i = 0; i < values.Length; i++)
            {
                sum += values[i];
            }

            return sum;
        }
    }
}
