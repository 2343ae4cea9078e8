// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Networks.Equations;

/// <summary>A variable of a rule beside the weight.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">What has one of its own, one of <see cref="LearningOwner" />.</param>
/// <param name="Course">How it goes on between events, one of <see cref="LearningCourse" />.</param>
/// <param name="Time">Time constant of what decays, window of what counts; null for what stays.</param>
/// <param name="LookBack">Spikes that are looked back at of what counts.</param>
internal sealed record RuleVariable(string Name, int Owner, int Course, Expr? Time, int LookBack);

/// <summary>A line of a block.</summary>
/// <param name="Name">What is set: the weight, what is sent, or a variable.</param>
/// <param name="Value">To what.</param>
/// <param name="Block">The text of its block, in which the value has its places.</param>
internal sealed record RuleLine(string Name, Expr Value, SourcePiece Block);

/// <summary>What is done at one kind of event.</summary>
/// <param name="Event">The event, one of <see cref="LearningEvent" />.</param>
/// <param name="Lines">Its lines in order.</param>
internal sealed record RuleStep(int Event, IReadOnlyList<RuleLine> Lines);

/// <summary>A learning rule as its text says, with names, units and places checked.</summary>
internal sealed class LearningRule
{
    /// <summary>The weight, as a part of its limit.</summary>
    public const string Weight = "w";

    /// <summary>What is sent, a name that no text can write.</summary>
    public const string Sent = "sent weight";

    /// <summary>Parameters, and the weight, what is sent and the variables as states that nothing but events change.</summary>
    public required ModelText Model { get; init; }

    /// <summary>Variables in order.</summary>
    public required IReadOnlyList<RuleVariable> Variables { get; init; }

    /// <summary>Blocks in the order of their events.</summary>
    public required IReadOnlyList<RuleStep> Steps { get; init; }

    /// <summary>Interval between blocks of time; null without.</summary>
    public required Expr? Interval { get; init; }

    /// <summary>Where the interval or the rule stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>True when the rule says what is sent.</summary>
    public bool Sends => Steps.Any(s => s.Lines.Any(l => string.Equals(l.Name, Sent, StringComparison.Ordinal)));

    /// <summary>True when a block answers to a modulator.</summary>
    public bool IsModulated => Steps.Any(s => s.Event == LearningEvent.Modulation);

    /// <summary>Whether all synapses of an event share a variable.</summary>
    /// <param name="name">The variable, or the weight.</param>
    /// <param name="at">The event.</param>
    /// <returns>Whether they do.</returns>
    public bool IsShared(string name, int at)
    {
        return Variables.FirstOrDefault(v => string.Equals(v.Name, name, StringComparison.Ordinal)) is { } v
            && (v.Owner == LearningOwner.Projection
                || (v.Owner == LearningOwner.Source && at == LearningEvent.Arrival)
                || (v.Owner == LearningOwner.Target && at == LearningEvent.Firing));
    }
}
