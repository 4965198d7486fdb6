namespace Akka.Dispatch.SysMsg;

/// <summary>Asks the system guardian for a <see cref="TerminationHook"/> before the system services stop.</summary>
public sealed class RegisterTerminationHook
{
    private RegisterTerminationHook()
    {
    }

    public static RegisterTerminationHook Instance { get; } = new();
}
