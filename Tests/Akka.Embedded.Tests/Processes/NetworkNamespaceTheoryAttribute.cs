namespace Akka.Embedded.Tests.Processes;

/// <summary>A theory that makes network namespaces of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkNamespaceTheoryAttribute : TheoryAttribute
{
    public NetworkNamespaceTheoryAttribute()
    {
        if (!VirtualLink.IsPossible)
            Skip = "needs root and the ip command, to make network namespaces";
    }
}
