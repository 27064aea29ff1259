import { routes } from '../routes';
import type { Route } from '../route';
import { componentSchemas } from './component-schemas';
import type { Json, OpenApiDocument } from './document';
import { errorComponents, errorExamples } from './error-responses';
import { namedSchemas } from './named-schemas';
import { operationOf } from './operation';
import { servicePaths } from './service-paths';
import { rateLimitHeaders } from './rate-limit-headers';
import { introduction, tagTexts } from './texts';

export type { Json, OpenApiDocument } from './document';

/**
 * The description of the whole HTTP API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1), built from the
 * route table, so that it cannot say anything else than what the server checks. `publicUrl` is the address under which
 * customers reach this installation, without a slash at the end. A separate entry, so that no browser bundle carries it.
 */
export function buildOpenApi(publicUrl: string): OpenApiDocument {
  const names = namedSchemas();
  const { schemas, inputName } = componentSchemas(names);
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(name, route, { names, inputName });
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Docent API',
      version: '1.0.0',
      summary: 'Bots that answer from your own documents, with citations',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl, description: 'This installation' }],
    tags: Object.entries(tagTexts).map(([name, description]) => ({ name, description })),
    paths: { ...paths, ...servicePaths },
    components: {
      schemas,
      responses: errorComponents(Object.values(routes)),
      securitySchemes,
      headers: rateLimitHeaders,
      examples: errorExamples(),
    },
  };
}

const securitySchemes: Record<string, Json> = {
  sessionCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'docent_access',
    description:
      "Set by signing in at the console. It lasts 15 minutes; `POST /v1/auth/refresh` renews it. Writing requests are accepted from the console's own origin only.",
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key of a workspace, for calls from server to server. Each operation names the scope that the key needs. Never put an API key into a web page.',
  },
  visitorToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A short-lived token from `POST /v1/visitor-sessions`, for browsers. It reaches the conversations of this one visitor only.',
  },
};
