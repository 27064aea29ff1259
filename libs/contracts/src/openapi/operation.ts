import { eventPayloads } from '../chat';
import type { Access, Route } from '../route';
import { parameterSchema, schemaReference } from './component-schemas';
import type { Json } from './document';
import { errorResponses } from './error-responses';
import { exampleOf } from './examples';
import { eventSchemaName, type NamedSchemas } from './named-schemas';
import { rateLimitHeaderReferences } from './rate-limit-headers';
import { operationTexts, parameterTexts } from './texts';

interface Names {
  names: NamedSchemas;
  inputName: (name: string) => string;
}

/** One operation of the description; its id is the route's name in the table. */
export function operationOf(name: string, route: Route, names: Names): Json {
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    description: [operationTexts[name], accessText(route.access)].filter(Boolean).join('\n\n'),
    parameters: parametersOf(name, route),
    ...(route.body ? { requestBody: requestBodyOf(name, route, names) } : {}),
    responses: { [String(route.status)]: successOf(name, route, names), ...errorResponses(route) },
    security: securityOf(route.access),
  };
}

function securityOf({ session, account, key, visitor, public: open }: Access): Json[] {
  if (open) return [];
  const ways: Json[] = [];
  if (session) ways.push({ sessionCookie: [session] });
  else if (account) ways.push({ sessionCookie: [] });
  if (key) ways.push({ apiKey: [key] });
  if (visitor) ways.push({ visitorToken: [] });
  return ways;
}

function accessText({ session, account, key, visitor, public: open }: Access): string {
  if (open) return 'Open to everyone.';
  const ways = [
    session && `a signed-in member with the role \`${session}\` or more`,
    account && 'a signed-in person',
    key && `an API key with the scope \`${key}\``,
    visitor && 'a visitor token, for its own conversations',
  ];
  return `Needs ${ways.filter(Boolean).join(', or ')}.`;
}

function parametersOf(name: string, route: Route): Json[] {
  const path = Object.entries(route.params?.shape ?? {}).map(([field, schema]) => ({
    ...parameterText(field),
    name: field,
    in: 'path',
    required: true,
    schema: parameterSchema(schema),
  }));
  const query = Object.entries(route.query?.shape ?? {}).map(([field, schema]) => ({
    ...parameterText(field),
    name: field,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: parameterSchema(schema),
  }));
  const header = [
    ...(route.access.session ? [headerParameter('docent-workspace', { type: 'string' }, false)] : []),
    ...(name === 'followEvents' ? [headerParameter('Last-Event-ID', { type: 'integer', minimum: 0 }, false)] : []),
    ...(name === 'createVisitorSession' ? [headerParameter('Origin', { type: 'string' }, true)] : []),
  ];
  return [...path, ...query, ...header];
}

function headerParameter(name: string, schema: Json, required: boolean): Json {
  return { ...parameterText(name), name, in: 'header', required, schema };
}

function parameterText(name: string): Json {
  const description = parameterTexts[name];
  return description ? { description } : {};
}

function requestBodyOf(name: string, route: Route, { names, inputName }: Names): Json {
  if (!route.body) return {};
  const json = { schema: schemaReference(inputName(nameOf(names, route.body))), ...exampleOf(name, 'request') };
  const multipart = { schema: fileUpload, encoding: { file: { contentType: 'application/octet-stream' } } };
  return {
    required: !route.body.safeParse(undefined).success,
    content: { 'application/json': json, ...(route.multipart ? { 'multipart/form-data': multipart } : {}) },
  };
}

const fileUpload: Json = {
  type: 'object',
  required: ['file'],
  properties: {
    name: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'How the source is called; the name of the file where this is left out. It must come before the file.',
    },
    file: {
      type: 'string',
      format: 'binary',
      description: 'The file. Its type is recognised from its content, not from its name.',
    },
  },
};

function successOf(name: string, route: Route, { names }: Names): Json {
  const headers = rateLimitHeaderReferences(route.status);
  const description = responseTexts[route.status] ?? 'Done.';
  if (route.produces === 'text/event-stream')
    return {
      description: 'The events of the conversation, from the first one asked for, then live.',
      headers,
      content: eventStream,
    };
  if (!route.response)
    return {
      description: 'The file, as attachment.',
      headers: {
        ...headers,
        'Content-Disposition': { description: 'Always `attachment`, with the name of the file.', schema: { type: 'string' } },
      },
      content: { [route.produces ?? 'application/octet-stream']: { schema: { type: 'string', format: 'binary' } } },
    };
  const json = { schema: schemaReference(nameOf(names, route.response)), ...exampleOf(name, 'response') };
  return {
    description,
    headers,
    content: { 'application/json': json, ...(name === 'chatCompletions' ? { 'text/event-stream': completionStream } : {}) },
  };
}

const responseTexts: Record<number, string> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Accepted; the work goes on in the background.',
};

const eventStream: Json = {
  'text/event-stream': {
    schema: {
      type: 'string',
      description:
        'Server-sent events: `id` is the sequence number, `event` the type, `data` the JSON of the payload below. Lines that begin with a colon only keep the connection open.',
    },
    'x-event-schemas': Object.fromEntries(
      Object.keys(eventPayloads).map((type) => [type, schemaReference(eventSchemaName(type))]),
    ),
    example:
      'id: 2\nevent: answer.started\ndata: {"turnId":"01930f5e-7a10-7c2e-9b1f-2f0d6a5b8c11"}\n\n: ping\n\nid: 3\nevent: answer.delta\ndata: {"turnId":"01930f5e-7a10-7c2e-9b1f-2f0d6a5b8c11","text":"Returns are free within 30 days. [1]"}\n\n',
  },
};

const completionStream: Json = {
  schema: { type: 'string', description: 'With `stream: true`: one `data:` line per chunk, then `data: [DONE]`.' },
  'x-event-schemas': { chunk: schemaReference('ChatCompletionChunk') },
};

function nameOf({ nameOf: names }: NamedSchemas, schema: NonNullable<Route['body']>): string {
  const name = names.get(schema);
  if (!name) throw new Error('A schema of a route has no name.');
  return name;
}
