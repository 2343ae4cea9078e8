// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// The part of nanoFramework's Assert that the device tests use, for the host: same names, same meaning. The device build takes the
    /// real one from its package.
    /// </summary>
    public static class Assert
    {
        /// <summary>Fails unless both values are equal.</summary>
        public static void AreEqual(int expected, int actual, string message = "")
        {
            if (expected != actual)
            {
                Fail(expected.ToString(), actual.ToString(), message);
            }
        }

        /// <summary>Fails unless both values are equal.</summary>
        public static void AreEqual(uint expected, uint actual, string message = "")
        {
            if (expected != actual)
            {
                Fail(expected.ToString(), actual.ToString(), message);
            }
        }

        /// <summary>Fails unless both values are equal.</summary>
        public static void AreEqual(long expected, long actual, string message = "")
        {
            if (expected != actual)
            {
                Fail(expected.ToString(), actual.ToString(), message);
            }
        }

        /// <summary>Fails unless the condition holds.</summary>
        public static void IsTrue(bool condition, string message = "")
        {
            if (!condition)
            {
                Fail("True", "False", message);
            }
        }

        /// <summary>Fails unless the condition does not hold.</summary>
        public static void IsFalse(bool condition, string message = "")
        {
            if (condition)
            {
                Fail("False", "True", message);
            }
        }

        /// <summary>Fails unless the action throws an exception of exactly this type.</summary>
        public static void ThrowsException(Type exceptionType, Action action, string message = "")
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                object thrown = exception;
                if (!ReferenceEquals(thrown.GetType(), exceptionType))
                {
                    Fail(exceptionType.FullName, thrown.GetType().FullName, message);
                }

                return;
            }

            Fail(exceptionType.FullName, "no exception", message);
        }

        private static void Fail(string expected, string actual, string message) =>
            throw new AssertFailedException("expected " + expected + ", found " + actual
                + (message.Length == 0 ? string.Empty : ": " + message));
    }
}
