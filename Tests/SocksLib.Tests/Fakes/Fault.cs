namespace SocksLib.Tests;

/// <summary>What a <see cref="FakeHop"/> does wrong.</summary>
internal enum Fault
{
    None,

    /// <summary>Nothing comes.</summary>
    Silent,

    /// <summary>It closes instead of answering.</summary>
    Closes,

    /// <summary>It answers in another language.</summary>
    Garbage,

    /// <summary>It says no, in the words of the phase.</summary>
    Refuses,
}
