namespace Gateway.Transport;

/// <summary>Something with a descriptor in a loop's epoll set.</summary>
internal interface IPollable
{
    /// <summary>How many of the process's descriptors it stands for: its own, and one that its session is going to open.</summary>
    int Claim => 1;

    /// <summary>The kernel reported <paramref name="events"/> (EPOLLIN, …). On the loop's thread.</summary>
    void OnEvents(uint events);

    /// <summary>The loop ends: let go of the descriptor at once.</summary>
    void OnLoopStopping();
}
