namespace Gateway.Actors.AddressIds;

/// <summary>An allocation as one gateway tells it to another.</summary>
/// <param name="Entry">Whose it is and what it stands for; of a contested one, one of the things that it was given for.</param>
/// <param name="Standing">What is said of it.</param>
/// <param name="Age">Since its last use; clocks differ between gateways, so no time of day travels.</param>
internal sealed record AddressIdCopy(AddressIdEntry Entry, AddressIdStanding Standing, TimeSpan Age);
