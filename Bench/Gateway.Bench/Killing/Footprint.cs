namespace Gateway.Bench;

/// <summary>What a process holds, from /proc.</summary>
/// <param name="Sockets">Open sockets.</param>
/// <param name="Resident">Octets of memory.</param>
internal readonly record struct Footprint(int Sockets, long Resident)
{
    public static Footprint Of(int pid) => new(
        Directory.GetFileSystemEntries($"/proc/{pid}/fd").Count(IsSocket),
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024);

    private static bool IsSocket(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, false)?.Name.StartsWith("socket:") == true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
