using Gateway.Actors.Settings;

namespace Gateway.Actors.Tests.Members;

/// <summary>A test of what only the embedded engine has.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmbeddedFactAttribute : FactAttribute
{
    public EmbeddedFactAttribute()
    {
        if (AkkaEngine.HasSharedSecret is false)
            Skip = "the packages know no shared secret";
    }
}
