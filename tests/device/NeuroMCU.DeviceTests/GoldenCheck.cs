// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;

namespace NeuroMCU.DeviceTests
{
    /// <summary>
    /// Compares results with golden values and tells all that differ at once, in the form in which they stand in <see cref="Golden" />:
    /// "Name wanted 0x12345678 got 0x9ABCDEF0;". On .NET the test project renews them from that text when it is asked to.
    /// </summary>
    internal sealed class GoldenCheck
    {
        private string _differences = string.Empty;

        public GoldenCheck Value(string name, uint wanted, uint got)
        {
            if (wanted != got)
            {
                _differences += name + " wanted 0x" + wanted.ToString("X8") + " got 0x" + got.ToString("X8") + "; ";
            }

            return this;
        }

        public void Done()
        {
            Assert.IsTrue(_differences.Length == 0, _differences);
        }
    }
}
