namespace Gateway.Transport;

/// <summary>Who hears of a leg's readiness.</summary>
internal interface ILegOwner
{
    /// <summary>The leg may be read or written again, or has failed (<paramref name="errno"/> not 0).</summary>
    void OnReady(Leg leg, int errno);

    /// <summary>The leg is being taken away: the loop ends, or its owner has thrown.</summary>
    void OnLost(Leg leg);
}
