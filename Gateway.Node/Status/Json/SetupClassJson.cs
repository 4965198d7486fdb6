namespace Gateway.Node.Status.Json;

/// <summary>Sessions by the time from accept to success.</summary>
/// <param name="AtMostMs">The upper bound of the class; absent for the last one.</param>
/// <param name="Direct">Sessions that go directly.</param>
/// <param name="Chain">Sessions through a chain.</param>
public sealed record SetupClassJson(double? AtMostMs, long Direct, long Chain);
