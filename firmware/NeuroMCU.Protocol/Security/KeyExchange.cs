// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Security.Cryptography;

namespace NeuroMCU.Protocol.Security
{
    /// <summary>
    /// Mutual proof of a pre-shared key without sending it. With N = host nonce | device nonce (16 bytes each):
    /// host proof = HMAC-SHA-256(key, "NeuroMCU host   " | N), device proof = HMAC-SHA-256(key, "NeuroMCU device " | N),
    /// session key = HMAC-SHA-256(key, "NeuroMCU session" | N). The host proves first; a device proves only to a host that has proved.
    /// </summary>
    public static class KeyExchange
    {
        /// <summary>Bytes of a nonce.</summary>
        public const int NonceSize = 16;

        /// <summary>Bytes of a proof and of the session key.</summary>
        public const int ProofSize = 32;

        /// <summary>Least number of bytes of a pre-shared key; shorter ones are refused.</summary>
        public const int MinKeySize = 16;

        private const int HostLabel = 0;
        private const int DeviceLabel = 1;
        private const int SessionLabel = 2;
        private const int NonceLabel = 3;

        /// <summary>Computes the proof that the host sends.</summary>
        /// <param name="key">Pre-shared key.</param>
        /// <param name="hostNonce">Nonce of the host.</param>
        /// <param name="deviceNonce">Nonce of the device.</param>
        /// <returns>The proof.</returns>
        public static byte[] HostProof(byte[] key, byte[] hostNonce, byte[] deviceNonce)
            => Derive(key, HostLabel, hostNonce, deviceNonce);

        /// <summary>Computes the proof that the device sends.</summary>
        /// <param name="key">Pre-shared key.</param>
        /// <param name="hostNonce">Nonce of the host.</param>
        /// <param name="deviceNonce">Nonce of the device.</param>
        /// <returns>The proof.</returns>
        public static byte[] DeviceProof(byte[] key, byte[] hostNonce, byte[] deviceNonce)
            => Derive(key, DeviceLabel, hostNonce, deviceNonce);

        /// <summary>Computes the key that seals the session's frames.</summary>
        /// <param name="key">Pre-shared key.</param>
        /// <param name="hostNonce">Nonce of the host.</param>
        /// <param name="deviceNonce">Nonce of the device.</param>
        /// <returns>The session key.</returns>
        public static byte[] SessionKey(byte[] key, byte[] hostNonce, byte[] deviceNonce)
            => Derive(key, SessionLabel, hostNonce, deviceNonce);

        /// <summary>
        /// Makes a nonce that nobody without the key can foresee, even where the platform's random numbers are weak: an HMAC under the
        /// key over random bytes, the clock, and the other end's nonce.
        /// </summary>
        /// <param name="key">Pre-shared key.</param>
        /// <param name="random">Source of random bytes.</param>
        /// <param name="time">Time in µs, or anything else that rises.</param>
        /// <param name="other">Nonce of the other end, or null when there is none yet.</param>
        /// <returns>The nonce.</returns>
        public static byte[] MakeNonce(byte[] key, Random random, long time, byte[] other)
        {
            byte[] noise = new byte[NonceSize];
            random.NextBytes(noise);
            for (int k = 0; k < 8; k++)
            {
                noise[k] ^= (byte)(time >> (8 * k));
            }

            byte[] nonce = new byte[NonceSize];
            Array.Copy(Derive(key, NonceLabel, noise, other == null ? nonce : other), 0, nonce, 0, NonceSize);
            return nonce;
        }

        private static byte[] Derive(byte[] key, int label, byte[] hostNonce, byte[] deviceNonce)
        {
            string name = label == HostLabel ? "NeuroMCU host   " : label == DeviceLabel ? "NeuroMCU device " : label == SessionLabel
                ? "NeuroMCU session" : "NeuroMCU nonce  ";
            byte[] text = new byte[16 + (2 * NonceSize)];
            for (int k = 0; k < 16; k++)
            {
                text[k] = (byte)name[k];
            }

            Array.Copy(hostNonce, 0, text, 16, NonceSize);
            Array.Copy(deviceNonce, 0, text, 16 + NonceSize, NonceSize);
            return HMACSHA256.HashData(key, text);
        }
    }
}
