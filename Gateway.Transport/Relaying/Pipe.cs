using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>A kernel pipe that a direction with bulk splices through.</summary>
internal sealed class Pipe(int @in, int @out, int capacity)
{
    /// <summary>Where octets go in.</summary>
    public int In => @in;

    /// <summary>Where they come out.</summary>
    public int Out => @out;

    /// <summary>Octets that it holds at most, when they lie tightly.</summary>
    public int Capacity => capacity;

    /// <summary>Octets in it now.</summary>
    public int Filled { get; set; }

    public void Close()
    {
        Libc.close(In);
        Libc.close(Out);
    }
}
