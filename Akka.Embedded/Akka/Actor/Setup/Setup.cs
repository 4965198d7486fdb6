namespace Akka.Actor.Setup;

/// <summary>Settings given in code, one of each type.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
