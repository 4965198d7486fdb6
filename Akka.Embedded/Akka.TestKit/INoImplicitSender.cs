namespace Akka.TestKit;

/// <summary>Marks a test class whose tells carry no sender; without it the sender is <see cref="TestKitBase.TestActor"/>.</summary>
public interface INoImplicitSender;
