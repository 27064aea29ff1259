import { maxHeaderSize } from 'node:http';
import { ErrorBody, routes, type Route } from '@docent/contracts';
import { buildOpenApi, type Json } from '@docent/contracts/openapi';

const { paths, components } = buildOpenApi('http://localhost');

/** What the API description says that each route can refuse with; those with fewer placeholders first, as the server looks. */
const declared = Object.values<Route>(routes)
  .toSorted((a, b) => placeholders(a.path) - placeholders(b.path))
  .map(({ method, path }) => ({
    method,
    path,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`),
    codes: new Set(codesIn(paths[path]![method.toLowerCase()]!)),
  }));

/** Throws where a route answers with an error that its description does not name: the description is complete, whatever a test provokes. */
export function assertDeclared(method: string, address: string, answer: unknown): void {
  // What does not fit into a request's head is refused before there is a route.
  if (address.length > maxHeaderSize) return;
  const refusal = ErrorBody.safeParse(answer);
  const path = address.split('?')[0]!;
  const route = declared.find((candidate) => candidate.method === method && candidate.pattern.test(path));
  if (refusal.success && route && !route.codes.has(refusal.data.error.code))
    throw new Error(`${route.method} ${route.path} answered ${refusal.data.error.code}, which its description does not name`);
}

function codesIn(operation: Json): string[] {
  const references = Object.values(operation.responses as Record<string, { $ref?: string }>).flatMap(({ $ref }) => $ref ?? []);
  return references.flatMap((reference) => {
    const text = JSON.stringify(components.responses[reference.split('/').at(-1)!]);
    return [...text.matchAll(/"code":\{"enum":(\[[^\]]*\])/g)].flatMap(([, codes]) => JSON.parse(codes!) as string[]);
  });
}

function placeholders(path: string): number {
  return path.split('{').length;
}
