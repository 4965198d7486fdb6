using Gateway.Actors.Access;

namespace Gateway.Actors.Settings;

/// <summary>Someone who may log in with a password.</summary>
public sealed record UserSettings(PasswordHash Password);
