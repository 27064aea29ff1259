import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../errors';
import type { Route } from '../route';
import { routes } from '../routes';
import { buildOpenApi } from './build-openapi';
import type { Json } from './document';
import { examples } from './examples';
import { namedSchemas } from './named-schemas';
import { operationTexts, parameterTexts, schemaTexts, tagTexts } from './texts';

const document = buildOpenApi('https://docent.example');
/** The error answer that an operation refers to for a status. */
function errorResponse(operation: Json | undefined, status: number): Json | undefined {
  const { $ref: reference } = (operation?.responses as Record<string, { $ref?: string }>)[String(status)] ?? {};
  return document.components.responses[reference?.split('/').at(-1) ?? ''];
}

const table = Object.entries<Route>(routes);

describe('the API description', () => {
  it('is a valid OpenAPI 3.1 document with every reference resolved', async () => {
    const result = await new Validator().validate({ ...structuredClone(document) });
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    const text = JSON.stringify(document);
    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer?.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document);
      expect(target, pointer).toBeTypeOf('object');
    }
  });

  it('has no schema that nothing refers to', () => {
    const text = JSON.stringify(document);
    const unused = Object.keys(document.components.schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    expect(unused).toEqual([]);
  });

  it.each(table)('%s stands under its path and method, named after the route', (name, route) => {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    expect(operation).toMatchObject({ operationId: name, summary: route.summary, tags: [route.tag] });
    expect(Object.keys(operation?.responses as object)).toContain(String(route.status));
    for (const code of [
      ...(route.errors ?? []),
      'invalid_request',
      'unauthenticated',
      'forbidden',
      'not_found',
      'rate_limited',
      'internal',
    ] as const) {
      expect(JSON.stringify(errorResponse(operation, errorCodes[code].status))).toContain(`"${code}"`);
    }
    const named = (operation?.parameters as { in: string; name: string }[])
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name);
    expect(named).toEqual([...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter));
    expect(Boolean(operation?.requestBody)).toBe(Boolean(route.body));
  });

  it('lets nobody in by forgetting: only public routes are without security', () => {
    const open = table
      .filter(([, route]) => JSON.stringify(document.paths[route.path]?.[route.method.toLowerCase()]?.security) === '[]')
      .map(([name]) => name);
    expect(open).toEqual(table.filter(([, route]) => route.access.public).map(([name]) => name));
  });

  it('tells how long to wait when there were too many requests', () => {
    expect(errorResponse(document.paths['/v1/bots']?.get, 429)).toHaveProperty(['headers', 'Retry-After']);
  });

  it('takes a file in the field "file" with an optional name', () => {
    const { requestBody } = document.paths['/v1/bots/{botId}/sources']?.post ?? {};
    expect(requestBody).toHaveProperty(['content', 'multipart/form-data', 'schema', 'required'], ['file']);
    expect(requestBody).toHaveProperty(['content', 'multipart/form-data', 'schema', 'properties', 'name']);
  });

  it('asks the sender only for what has no default', () => {
    const { schemas } = document.components;
    expect(schemas.CreateBot?.required).toEqual(['name']);
    expect(schemas.WidgetSettings?.required).toContain('colour');
    expect(schemas.WidgetSettingsInput?.required).toBeUndefined();
  });

  it.each(Object.entries(examples))('the examples of %s are what the contract takes and gives', (name, example) => {
    const { body, response } = routes[name as keyof typeof routes] as Route;
    if ('request' in example) expect(body?.safeParse(example.request).error).toBeUndefined();
    if ('response' in example) expect(response?.safeParse(example.response).error).toBeUndefined();
  });

  it('explains only what exists', () => {
    const parameters = new Set(
      Object.values(document.paths).flatMap((path) =>
        Object.values(path).flatMap((operation) => (operation.parameters as { name: string }[]).map(({ name }) => name)),
      ),
    );
    expect(Object.keys(parameterTexts).filter((name) => !parameters.has(name))).toEqual([]);
    expect([...parameters].filter((name) => !(name in parameterTexts))).toEqual([]);
    expect(Object.keys(operationTexts).filter((name) => !(name in routes))).toEqual([]);
    expect(Object.keys(schemaTexts).filter((name) => !namedSchemas().byName.has(name))).toEqual([]);
    const tags = new Set([...table.map(([, route]) => route.tag), 'Service']);
    expect([...tags].sort()).toEqual(Object.keys(tagTexts).sort());
  });
});
