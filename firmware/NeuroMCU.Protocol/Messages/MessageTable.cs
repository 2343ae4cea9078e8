// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// The layout of every message as text. Its FNV-1a hash travels in HELLO: ends whose layouts differ find out at once instead of
    /// misreading each other. Change the text whenever a layout changes.
    /// </summary>
    public static class MessageTable
    {
        /// <summary>
        /// One line per message: type, name, fields in order. u8 u16 u32 i16 i32 i64 are little-endian; var is LEB128, svar zigzag
        /// LEB128; block is u8 length and bytes; bytes runs to the end; [] repeats.
        /// </summary>
        public const string Text =
            "01 hello major:u8 minor:u8 schema:u32 session:u32\n" +
            "81 hello major:u8 minor:u8 schema:u32 firmware:u32 board:u32 name:block id:block auth:u8 reset:u8 frame:u16 window:u8 image:u32 memory:u32 spikes:u32 step:u32 neurons:u32 synapses:u32 state:u8 generation:u32 length:u32 content:u32 run:u8 fault:u16\n" +
            "02 ping\n" +
            "82 ping time:i64\n" +
            "03 auth_begin nonce:16\n" +
            "83 auth_begin nonce:16\n" +
            "04 auth_prove proof:32\n" +
            "84 auth_prove proof:32\n" +
            "10 upload_begin length:u32 content:u32 target:u8 boot:u8\n" +
            "90 upload_begin chunk:u16 window:u8\n" +
            "11 upload_data bytes\n" +
            "91 upload_data next:u32\n" +
            "12 upload_commit\n" +
            "92 upload_commit state:u8 generation:u32 length:u32 content:u32 memory:u32\n" +
            "13 upload_abort\n" +
            "93 upload_abort\n" +
            "14 image_read offset:u32\n" +
            "94 image_read length:u32 bytes\n" +
            "15 persist boot:u8\n" +
            "95 persist state:u8 generation:u32 length:u32 content:u32 memory:u32\n" +
            "16 erase\n" +
            "96 erase\n" +
            "20 start duration:i64 mode:u8 link:u16\n" +
            "A0 start run:u8 time:i64 spike:u32 dropped:u32 sample:u32 dropped:u32\n" +
            "21 stop\n" +
            "A1 stop run:u8 reason:u8 time:i64 spike:u32 dropped:u32 sample:u32 dropped:u32 late:u32 lateness:u32\n" +
            "22 step duration:i64\n" +
            "A2 step run:u8 time:i64 spike:u32 dropped:u32 sample:u32 dropped:u32\n" +
            "23 reset\n" +
            "A3 reset\n" +
            "24 inject base:i64 count:u8 [neuron:u16 offset:u32]\n" +
            "A4 inject accepted:u8\n" +
            "25 saturations first:u8\n" +
            "A5 saturations first:u8 count:u8 [var]\n" +
            "28 weights_read first:u32 count:u8\n" +
            "A8 weights_read first:u32 count:u8 [weight:i16]\n" +
            "29 weights_write first:u32 count:u8 [weight:i16]\n" +
            "A9 weights_write first:u32 count:u8\n" +
            "30 state\n" +
            "B0 state state:u8 fault:u16 detail:i32 mode:u8 run:u8 reason:u8 time:i64 spike:u32 dropped:u32 sample:u32 dropped:u32 late:u32 lateness:u32 answer:u8 readout:u8 time:i64 value:i32 confidence:u16 spikes:u32\n" +
            "31 counters\n" +
            "B1 counters count:u8 [var]\n" +
            "32 membrane first:u32 count:u8\n" +
            "B2 membrane first:u32 count:u8 [u:i32]\n" +
            "33 self_test\n" +
            "B3 self_test tested:u32 failed:u32 additions:u32\n" +
            "34 fault_clear\n" +
            "B4 fault_clear\n" +
            "35 board_intervals first:u8\n" +
            "B5 board_intervals number:u8 first:u8 count:u8 [channel:u8 shortest:u32 longest:u32 plateau:u32]\n" +
            "36 board_output output:u8 level:u32\n" +
            "B6 board_output\n" +
            "37 board_tally channel:u8\n" +
            "B7 board_tally channel:u8 [intervals:u32 ms:u32 code:u32]\n" +
            "38 board_info first:u8\n" +
            "B8 board_info channels:u8 resolution:u32 first:u8 count:u8 [parts:u8 limit:u16 bits:u8 condition:u8 latches:u16]\n" +
            "39 board_drive channel:u8 code:u16\n" +
            "B9 board_drive\n" +
            "3A board_sense channel:u8 samples:u16\n" +
            "BA board_sense samples:u16 sum:u32 lowest:u16 highest:u16 duration:u32\n" +
            "3B board_reset channel:u8 ms:u16\n" +
            "BB board_reset\n" +
            "3C board_measure flags:u8 settle:u16 window:u16 count:u8 [channel:u8 code:u16]\n" +
            "BC board_measure number:u8 state:u8 left:u32\n" +
            "3D board_progress\n" +
            "BD board_progress number:u8 state:u8 left:u32\n" +
            "3E board_result first:u8\n" +
            "BE board_result number:u8 first:u8 count:u8 [channel:u8 condition:u8 spikes:u32 first:u32 last:u32 samples:u16 mean:u32 lowest:u16 highest:u16 missed:u16]\n" +
            "3F board_safe\n" +
            "BF board_safe\n" +
            "40 spikes run:u8 first:u32 dropped:u32 time:var count:u8 [interval:var neuron:var]\n" +
            "41 traces run:u8 first:u32 dropped:u32 time:var count:u8 [interval:var trace:var change:svar]\n" +
            "42 readout answer:u8 readout:u8 time:i64 value:i32 confidence:u16 spikes:u32\n" +
            "43 log bytes\n" +
            "44 fault code:u16 detail:i32 time:i64\n" +
            "45 run_ended run:u8 reason:u8 time:i64 spike:u32 dropped:u32 sample:u32 dropped:u32 late:u32 lateness:u32\n" +
            "46 channel channel:u8 condition:u8 action:u8 code:u16 detail:i32 time:i64\n" +
            "FF nack request:u8 code:u16 detail:i32\n";

        private static uint s_hash;

        /// <summary>Gets the 32-bit FNV-1a hash of <see cref="Text" /> (offset basis 2166136261, prime 16777619).</summary>
        public static uint Hash
        {
            get
            {
                if (s_hash == 0)
                {
                    byte[] text = Encoding.UTF8.GetBytes(Text);
                    uint hash = 2166136261;
                    for (int k = 0; k < text.Length; k++)
                    {
                        hash = (hash ^ text[k]) * 16777619;
                    }

                    s_hash = hash;
                }

                return s_hash;
            }
        }
    }
}
