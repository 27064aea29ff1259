import type { Json, OpenApiDocument } from '@docent/contracts/openapi';
import { resolve } from './schema-html';

/** A value that fits a schema, for operations without an example of their own: required fields only. */
export function sampleOf(schema: Json, document: OpenApiDocument): unknown {
  const resolved = resolve(schema, document);
  const forms = (resolved.oneOf ?? resolved.anyOf) as Json[] | undefined;
  if (forms?.[0]) return sampleOf(forms[0], document);
  if (resolved.const !== undefined) return resolved.const;
  if (Array.isArray(resolved.enum)) return resolved.enum[0] as unknown;
  if (resolved.default !== undefined) return resolved.default;
  if (resolved.type === 'object') {
    const required = new Set(resolved.required as string[] | undefined);
    const fields = Object.entries((resolved.properties ?? {}) as Record<string, Json>).filter(([name]) => required.has(name));
    return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field, document)]));
  }
  if (resolved.type === 'array') return [sampleOf((resolved.items ?? {}) as Json, document)];
  if (resolved.type === 'boolean') return true;
  if (resolved.type === 'integer' || resolved.type === 'number') return resolved.minimum ?? 1;
  return Array.isArray(resolved.type) ? null : 'text';
}
