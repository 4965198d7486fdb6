namespace Hocon;

/// <summary>A setting is missing, or is not what was asked for.</summary>
public class HoconValueException : HoconException
{
    public HoconValueException(string message, string failPath, Exception innerException) : base(message, innerException) =>
        FailPath = failPath;

    public string FailPath { get; }
}
