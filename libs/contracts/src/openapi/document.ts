/** A JSON object whose shape the OpenAPI standard defines; the specification's own schema checks it in the test. */
export interface Json {
  [key: string]: unknown;
}

/** The outermost level of an OpenAPI 3.1 document. */
export interface OpenApiDocument {
  openapi: string;
  info: Json;
  servers: Json[];
  tags: { name: string; description: string }[];
  /** By path, then by method in lower case. */
  paths: Record<string, Record<string, Json>>;
  components: {
    schemas: Record<string, Json>;
    responses: Record<string, Json>;
    securitySchemes: Record<string, Json>;
    headers: Record<string, Json>;
    examples: Record<string, Json>;
  };
}
