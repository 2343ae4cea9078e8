// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Other explanations of what was heard than a sound at the height of the ears and this head: a sound from above, another head. Where
    /// torso and ears act differently, levels and places of the bands are off in a pattern, although none is far off by itself.
    /// </summary>
    /// <remarks>
    /// A rival is a list of tables that were fitted to sounds of either kind. Each asks four questions about the cues, and the answers
    /// choose one of sixteen odds, the natural logarithm of how much more likely the rival has become; the odds of all tables add up
    /// (boosted decision tables: J. H. Friedman, Ann. Statist. 29, 1189, 2001).
    /// </remarks>
    internal sealed class DirectionRivals
    {
        private readonly int[] _parameters;
        private readonly int _at;
        private readonly int _rivals;

        /// <summary>Initializes a new instance of the <see cref="DirectionRivals" /> class.</summary>
        /// <param name="at">Where the rivals begin; the length of the parameters when there are none.</param>
        internal DirectionRivals(int[] parameters, int at)
        {
            _parameters = parameters;
            _at = at;
            _rivals = at < parameters.Length ? parameters[at + DirectionLayout.RivalCount] : 0;
        }

        /// <summary>Gets a value indicating whether there are any.</summary>
        internal bool Any => _rivals > 0;

        /// <summary>Finds how much more likely than the answer the best rival is.</summary>
        /// <param name="cues">The cues, as <see cref="DirectionLayout" /> orders them.</param>
        /// <param name="least">What to return when there is no rival, or none is better.</param>
        /// <returns>The logarithm of the odds in 1/64.</returns>
        internal int Best(int[] cues, int least)
        {
            int[] p = _parameters;
            int best = least;
            int table = _at + 1 + _rivals;
            for (int rival = 0; rival < _rivals; rival++)
            {
                int odds = 0;
                int end = table + (p[_at + 1 + rival] * DirectionLayout.TableLength);
                for (; table < end; table += DirectionLayout.TableLength)
                {
                    // Written out, because an interpreter spends more on a loop than on a question.
                    int place = table + DirectionLayout.Questions;
                    int shift = 0;
                    int question = p[table];
                    if (cues[question >> 16] >= (short)question)
                    {
                        place += 2;
                    }

                    question = p[table + 1];
                    if (cues[question >> 16] >= (short)question)
                    {
                        place++;
                    }

                    question = p[table + 2];
                    if (cues[question >> 16] >= (short)question)
                    {
                        shift = 16;
                    }

                    question = p[table + 3];
                    if (cues[question >> 16] >= (short)question)
                    {
                        shift += 8;
                    }

                    odds += (sbyte)(p[place] >> shift);
                }

                best = odds > best ? odds : best;
            }

            return best;
        }
    }
}
