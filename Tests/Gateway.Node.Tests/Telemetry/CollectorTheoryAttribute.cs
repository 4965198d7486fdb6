namespace Gateway.Node.Tests.Telemetry;

/// <summary>A test that sends to the Aspire dashboard, and skips where there is none.</summary>
internal sealed class CollectorTheoryAttribute : TheoryAttribute
{
    public CollectorTheoryAttribute()
    {
        if (Dashboard.Program is null)
            Skip = "the package Aspire.Dashboard.Sdk has no program for this machine";
    }
}
