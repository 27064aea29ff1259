import { z } from 'zod';
import * as auth from '../auth';
import * as billing from '../billing';
import * as bots from '../bots';
import * as chat from '../chat';
import * as common from '../common';
import * as errors from '../errors';
import * as insights from '../insights';
import * as knowledge from '../knowledge';
import * as openai from '../openai';
import type { Route } from '../route';
import { routes } from '../routes';
import * as settings from '../settings';

/** Each schema under the one name that the description gives it. */
export interface NamedSchemas {
  byName: Map<string, z.ZodType>;
  nameOf: Map<z.ZodType, string>;
  /** Names that a caller sends, and names that a caller receives: where defaults apply, the two differ. */
  sent: string[];
  received: string[];
}

/** Names every exported schema as it is exported, every event as `<Type>Event`, and the rest after its route. */
export function namedSchemas(): NamedSchemas {
  const named: NamedSchemas = { byName: new Map(), nameOf: new Map(), sent: [], received: [] };
  for (const file of [common, errors, auth, billing, bots, knowledge, chat, openai, settings, insights]) {
    for (const [name, schema] of Object.entries(file)) {
      if (schema instanceof z.ZodType) addName(named, schema, name.replace(/Schema$/, ''));
    }
  }
  for (const [type, schema] of Object.entries(chat.eventPayloads)) {
    named.received.push(addName(named, schema, eventSchemaName(type)));
  }
  for (const [name, { body, response }] of Object.entries<Route>(routes)) {
    if (body) named.sent.push(addName(named, body, `${capitalised(name)}Request`));
    if (response) named.received.push(addName(named, response, `${capitalised(name)}Response`));
  }
  named.received.push('ErrorBody', 'ConversationEvent', 'ChatCompletionChunk');
  return named;
}

/** The name of the schema of an event's payload: `answer.delta` is `AnswerDeltaEvent`. */
export function eventSchemaName(type: string): string {
  return `${type.split('.').map(capitalised).join('')}Event`;
}

function addName(named: NamedSchemas, schema: z.ZodType, name: string): string {
  const existing = named.nameOf.get(schema);
  if (existing) return existing;
  if (named.byName.has(name)) throw new Error(`Two schemas are called ${name}.`);
  named.byName.set(name, schema);
  named.nameOf.set(schema, name);
  return name;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
