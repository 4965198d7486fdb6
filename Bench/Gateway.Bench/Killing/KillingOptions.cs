namespace Gateway.Bench;

/// <summary>How much is killed under how much load.</summary>
internal sealed record KillingOptions
{
    public int Events { get; init; } = 100;

    /// <summary>New connections a second.</summary>
    public int Rate { get; init; } = 200;

    /// <summary>Long transfers at one time.</summary>
    public int Transfers { get; init; } = 100;

    /// <summary>Of the schedule.</summary>
    public int Seed { get; init; } = 64;

    /// <summary>Null when an argument is unknown.</summary>
    public static KillingOptions? Parse(string[] args)
    {
        var options = new KillingOptions();
        foreach (var arg in args)
        {
            KillingOptions? next = arg.Split('=') switch
            {
                ["--events", var count] => options with { Events = int.Parse(count) },
                ["--rate", var count] => options with { Rate = int.Parse(count) },
                ["--transfers", var count] => options with { Transfers = int.Parse(count) },
                ["--seed", var seed] => options with { Seed = int.Parse(seed) },
                _ => null,
            };
            if (next is null)
                return null;
            options = next;
        }
        return options;
    }
}
