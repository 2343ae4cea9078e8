// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The profile of a device whose store has no 'board.txt': the text of hardware/boards/ears-devkit.yaml.</summary>
    public static class BuiltInBoard
    {
        /// <summary>The profile as <see cref="BoardText" /> reads it.</summary>
        public const string Text =
            "name=ears-devkit\n" +
            "psram=0\n" +
            "image.max=48128\n" +
            "network.max=55296\n" +
            "store.root=I:\\\n" +
            "store.bytes=196608\n" +
            "lamp=4\n" +
            "uart.port=COM2\n" +
            "uart.tx=22\n" +
            "uart.rx=21\n" +
            "uart.baud=921600\n" +
            "mic.bus=1\n" +
            "mic.clock=32\n" +
            "mic.select=33\n" +
            "mic.data=34\n" +
            "mic.min=8000\n" +
            "mic.max=48000\n" +
            "mic.buffer=4096\n" +
            "output.0=pointer,0,27,1000,2000,1500\n" +
            "output.1=level,1,25,0,255,128\n" +
            "output.2=flag,2,18,0,1,0\n" +
            "tcp.port=0\n" +
            "link.loss=3000\n" +
            "watchdog=2000\n";
    }
}
