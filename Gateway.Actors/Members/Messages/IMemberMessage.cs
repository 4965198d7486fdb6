namespace Gateway.Actors.Members;

/// <summary>What members say to each other. Each kind has a <see cref="MemberMessageCodec"/> in <see cref="MemberMessageSerializer"/>.</summary>
internal interface IMemberMessage;
