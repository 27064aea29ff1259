import { z } from 'zod';

/** Ids are UUIDs in their canonical lower-case form; anything else is refused at the edge, before it reaches a query. */
export const Id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'expected an id (UUID, lower case)');

/** ISO 8601 in UTC. The calendar of the database begins with the year 1. */
export const Timestamp = z.iso.datetime().refine((text) => !text.startsWith('0000'), 'expected a year from 1 on');

/** Text that a database can store: no NUL and no lone surrogates. */
export function storableText(maxLength: number, minLength = 0) {
  return z
    .string()
    .max(maxLength)
    .refine(isStorable, notStorable)
    .refine((text) => text.trim().length >= minLength, minLength === 1 ? 'must not be empty' : `needs at least ${minLength} characters`);
}

/** The address of a page or an interface: http or https, and storable. */
export function webAddress(maxLength: number) {
  return z.url({ protocol: /^https?$/ }).max(maxLength).refine(isStorable, notStorable);
}

const notStorable = 'contains characters that cannot be stored';

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

export const Name = storableText(120, 1);

/** One page of a list, newest first; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const PageQuery = z.object({
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const Ok = z.object({ ok: z.literal(true) });

/** A number that the database stores as a count of 32 bits: a place in a log, a fence. */
export const Count = z.number().int().min(0).max(2_147_483_647);
