namespace Akka.Contract.Tests.Support;

/// <summary>
/// A fact that Akka's documentation promises and the packages do not keep. It is skipped with them, and the reason says what they do.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TrapFactAttribute : FactAttribute
{
    public TrapFactAttribute(string whatThePackagesDo)
    {
        if (Engine.IsPackages)
            Skip = $"Akka.NET 1.5.30: {whatThePackagesDo}";
    }
}
