// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Store;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>Keeps modes, targets, ranges, gains and the lesson over the power, in two slots of which one is always whole.</summary>
    internal sealed class NodeStore
    {
        /// <summary>File of the first slot.</summary>
        internal const string FileA = "nodes_a.bin";

        /// <summary>File of the second slot.</summary>
        internal const string FileB = "nodes_b.bin";

        private readonly NodeBank _bank;
        private readonly NodePupil _pupil;
        private readonly NodeRecord _record;
        private readonly ImageStore _store;

        internal NodeStore(NodeBank bank, NodePupil pupil, IFileStore files, uint board)
        {
            _bank = bank;
            _pupil = pupil;
            _record = new NodeRecord(bank, pupil, board);
            _store = new ImageStore(files, FileA, FileB);
        }

        /// <summary>Gets the generation of what is stored; 0 when nothing is.</summary>
        internal uint Generation => _store.Newest == null ? 0 : _store.Newest.Generation;

        /// <summary>Gets the number of times that something was about to be written: each may have lasted seconds.</summary>
        internal int Attempts => _store.Attempts;

        /// <summary>Brings back what was stored.</summary>
        /// <returns>True when there is a target to compare the nodes with.</returns>
        internal bool Load(DeviceLog log)
        {
            if (_store.AllDamaged)
            {
                log.Write("what was stored about the nodes is damaged: survey them again");
                return false;
            }

            if (_store.Newest == null)
            {
                return false;
            }

            if (!_record.Restore(_store.Load(_store.Newest)))
            {
                log.Write("what was stored about the nodes is of another board: survey them again");
                return false;
            }

            for (int k = 0; k < _bank.Count; k++)
            {
                if (_bank.Nodes[k].Target != NodeTargets.None)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>A checkpoint: stores what is known and learned now. What the nodes have is made permanent first, so that the record
        /// never says more than they keep.</summary>
        /// <returns>False when the medium refused; what was stored before is still there.</returns>
        internal bool Save()
        {
            _bank.Keep();
            _pupil.Measure();
            _record.Take();
            return _store.Save(_record, false) != null;
        }

        /// <summary>Forgets what was stored and what is known.</summary>
        /// <returns>False when the medium refused.</returns>
        internal bool Forget()
        {
            for (int k = 0; k < _bank.Count; k++)
            {
                KnownNode node = _bank.Nodes[k];
                node.Mode = _bank.RestOf(k);
                node.Masked = false;
                node.Target = NodeTargets.None;
                node.Low = 0;
                node.High = 0;
                node.GainUp = _bank.Limits.PulseShare;
                node.GainDown = _bank.Limits.PulseShare;
            }

            _pupil.Forget();

            return _store.Erase();
        }
    }
}
