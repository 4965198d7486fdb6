namespace Akka.Contract.Tests.Serialization;

public interface INote;
