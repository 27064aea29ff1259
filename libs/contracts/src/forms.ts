import { z } from 'zod';
import { storableText } from './common';

export const FormField = z
  .object({
    key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected a short name in lower case, such as order_number'),
    label: storableText(80, 1),
    type: z.enum(['text', 'email', 'phone', 'textarea', 'select']),
    required: z.boolean().default(false),
    options: z.array(storableText(80, 1)).max(20).default([]),
  })
  .refine(({ type, options }) => type !== 'select' || options.length > 0, { path: ['options'], error: 'a choice needs options' });
export type FormField = z.infer<typeof FormField>;

/** Asked before or instead of a chat. `consent` is the text behind the box that must be ticked; empty: no box. */
export const Form = z.object({
  title: storableText(120).default(''),
  fields: z
    .array(FormField)
    .min(1)
    .max(10)
    .refine((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, 'two fields have the same key'),
  consent: storableText(1000).default(''),
});
export type Form = z.infer<typeof Form>;

/** A message that the widget shows by itself when all given conditions hold; at most once per visitor, within the caps. */
export const ProactiveRule = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  text: storableText(300, 1),
  /** The page's path contains this; empty: every page. */
  path: storableText(200).default(''),
  afterSeconds: z.number().int().min(0).max(3600).default(0),
  /** Percent of the page. */
  afterScroll: z.number().int().min(0).max(100).default(0),
  /** The pointer leaves the page at the top. */
  onExit: z.boolean().default(false),
  returningOnly: z.boolean().default(false),
});
export type ProactiveRule = z.infer<typeof ProactiveRule>;
