// NeuroMCU, MIT licence. See LICENSE in the repository root.
// Made from messages.txt, see its head: do not edit.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>AUTH_BEGIN, request and answer: the sender's nonce.</summary>
    public sealed class AuthNonce
    {
        /// <summary>The nonce, 16 bytes.</summary>
        public readonly byte[] Nonce = new byte[16];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteBytes(Nonce, 0, Nonce.Length);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            reader.ReadBytes(Nonce, 0, Nonce.Length);
            return reader.Complete;
        }
    }

    /// <summary>AUTH_PROVE, request and answer: the sender's proof. Both ends seal every frame after it.</summary>
    public sealed class AuthProof
    {
        /// <summary>The proof, 32 bytes.</summary>
        public readonly byte[] Proof = new byte[32];

        /// <summary>Writes the body.</summary>
        /// <param name="writer">Where to.</param>
        public void Write(BodyWriter writer)
        {
            writer.WriteBytes(Proof, 0, Proof.Length);
        }

        /// <summary>Reads the body.</summary>
        /// <param name="reader">Where from.</param>
        /// <returns>False when it has another length.</returns>
        public bool Read(BodyReader reader)
        {
            reader.ReadBytes(Proof, 0, Proof.Length);
            return reader.Complete;
        }
    }
}
