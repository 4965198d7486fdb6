namespace Akka.Event;

/// <summary>Writes log events to the standard output, one line each, without ever failing the one who logs.</summary>
public class StandardOutLogger : MinimalLogger
{
    private static readonly Lock Gate = new();

    public static bool UseColors { get; set; } = true;
    public static ConsoleColor DebugColor { get; set; } = ConsoleColor.Gray;
    public static ConsoleColor InfoColor { get; set; } = ConsoleColor.White;
    public static ConsoleColor WarningColor { get; set; } = ConsoleColor.Yellow;
    public static ConsoleColor ErrorColor { get; set; } = ConsoleColor.Red;

    protected override void Log(object message)
    {
        try
        {
            Write(message.ToString()!, (message as LogEvent)?.LogLevel());
        }
        catch (IOException)
        {
            // Nobody reads the output any more.
        }
    }

    private static void Write(string line, LogLevel? level)
    {
        lock (Gate)
        {
            if (UseColors && level is { } known && !Console.IsOutputRedirected)
                Console.ForegroundColor = Color(known);
            Console.Out.WriteLine(line);
            if (UseColors && level is not null && !Console.IsOutputRedirected)
                Console.ResetColor();
        }
    }

    private static ConsoleColor Color(LogLevel level) => level switch
    {
        LogLevel.DebugLevel => DebugColor,
        LogLevel.InfoLevel => InfoColor,
        LogLevel.WarningLevel => WarningColor,
        _ => ErrorColor,
    };
}
