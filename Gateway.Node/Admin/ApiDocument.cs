using Gateway.Node.Status;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Node.Admin;

/// <summary>The head of the API's description, <c>/api/openapi.json</c>; the rest of it is read off the routes.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(DescribeHead);
        options.AddSchemaTransformer(LetBeAbsent);
    }

    /// <summary>What does not apply is left out of an answer, so nothing that may be null is required.</summary>
    private static Task LetBeAbsent(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        foreach (var property in context.JsonTypeInfo.Properties)
            if (property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null)
                schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }

    private static Task DescribeHead(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "socks64",
            Version = NodeAnswers.Version,
            Description = "What a gateway of the cluster tells its operator, and what it does for them. Any gateway answers for all others.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "socks64.admin.token" };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        return Task.CompletedTask;
    }
}
