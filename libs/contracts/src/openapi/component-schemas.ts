import { z } from 'zod';
import type { Json } from './document';
import type { NamedSchemas } from './named-schemas';
import { schemaTexts } from './texts';

const prefix = '#/components/schemas/';

/** A reference to a schema of the components. */
export function schemaReference(name: string): Json {
  return { $ref: prefix + name };
}

/** JSON Schema of a single parameter, in place. */
export function parameterSchema(schema: z.ZodType): Json {
  return withoutFrame(z.toJSONSchema(schema, { io: 'output', metadata: z.registry<{ id?: string }>(), override: tidy }));
}

/**
 * JSON Schemas of everything that travels. A schema with defaults is looser for the sender than for the receiver; where both
 * are needed the sender's is called `<Name>Input`, and `inputName` knows which.
 */
export function componentSchemas(named: NamedSchemas): { schemas: Record<string, Json>; inputName: (name: string) => string } {
  const sent = convert(named, 'input');
  const received = convert(named, 'output');
  const reachedBySender = reachable(named.sent, sent);
  const reachedByReceiver = reachable(named.received, received);
  const differing = differingNames(sent, received);
  const split = (name: string) => reachedByReceiver.has(name) && differing.has(name);
  const inputName = (name: string) => (split(name) ? `${name}Input` : name);

  const schemas: Record<string, Json> = {};
  for (const name of reachedByReceiver) schemas[name] = described(name, received[name] ?? {});
  for (const name of reachedBySender) schemas[inputName(name)] = described(name, renameReferences(sent[name] ?? {}, inputName));
  return { schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))), inputName };
}

function described(name: string, schema: Json): Json {
  const text = schemaTexts[name];
  return text ? { description: text, ...schema } : schema;
}

function convert(named: NamedSchemas, io: 'input' | 'output'): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of named.byName) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, { io, uri: (name) => prefix + name, unrepresentable: 'any', override: tidy });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutFrame(schema)]));
}

function withoutFrame(schema: object): Json {
  const { $schema: _schema, $id: _id, ...rest } = schema as Json;
  return rest;
}

/** Keeps what a reader needs: no endless date pattern, emptiness where the check refuses it, and room for new fields in answers. */
function tidy({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  const open =
    jsonSchema.type === 'string' &&
    !jsonSchema.format &&
    !jsonSchema.pattern &&
    !jsonSchema.enum &&
    jsonSchema.const === undefined;
  if (open && jsonSchema.minLength === undefined && !z.safeParse(zodSchema, '').success) jsonSchema.minLength = 1;
}

function reachable(roots: string[], schemas: Record<string, Json>): Set<string> {
  const found = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...referencesOf(schemas[name]));
  }
  return found;
}

function differingNames(sent: Record<string, Json>, received: Record<string, Json>): Set<string> {
  const differing = new Set(Object.keys(sent).filter((name) => JSON.stringify(sent[name]) !== JSON.stringify(received[name])));
  for (let before = -1; before !== differing.size;) {
    before = differing.size;
    for (const [name, schema] of Object.entries(sent)) {
      if (referencesOf(schema).some((reference) => differing.has(reference))) differing.add(name);
    }
  }
  return differing;
}

function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner.slice(prefix.length)] : referencesOf(inner),
  );
}

function renameReferences(schema: Json, rename: (name: string) => string): Json {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? prefix + rename(value.slice(prefix.length)) : value,
  ) as Json;
}
