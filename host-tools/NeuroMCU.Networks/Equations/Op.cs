// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>What a node of an expression does.</summary>
internal enum Op
{
    /// <summary>A number in SI units.</summary>
    Number,

    /// <summary>A parameter, input, state or definition.</summary>
    Name,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a to the power b.</summary>
    Power,

    /// <summary>−a.</summary>
    Negate,

    /// <summary>a ≥ b.</summary>
    AtLeast,

    /// <summary>a &gt; b.</summary>
    Above,

    /// <summary>Both.</summary>
    And,

    /// <summary>Either.</summary>
    Or,

    /// <summary>Not a.</summary>
    Not,

    /// <summary>if(c, a, b).</summary>
    If,

    /// <summary>The lesser.</summary>
    Min,

    /// <summary>The greater.</summary>
    Max,

    /// <summary>Magnitude.</summary>
    Abs,

    /// <summary>Exponential.</summary>
    Exp,

    /// <summary>Natural logarithm.</summary>
    Log,

    /// <summary>Square root.</summary>
    Sqrt,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>Hyperbolic sine.</summary>
    Sinh,

    /// <summary>Hyperbolic cosine.</summary>
    Cosh,

    /// <summary>Sine of an angle in radians.</summary>
    Sin,

    /// <summary>Cosine of an angle in radians.</summary>
    Cos,

    /// <summary>(exp(a) − 1)/a, 1 at 0.</summary>
    Exprel,

    /// <summary>Largest whole number that is not above a.</summary>
    Floor,

    /// <summary>Least whole number that is not below a.</summary>
    Ceil,

    /// <summary>A table of points at a.</summary>
    Lookup,

    /// <summary>A call of a function that the model defines; replaced before anything else is done.</summary>
    Call,
}
