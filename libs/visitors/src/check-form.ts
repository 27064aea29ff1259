import { z } from 'zod';
import type { Form, FormField } from '@docent/contracts';

export interface FormProblem {
  in: 'body';
  field: string;
  problem: string;
}

const Email = z.email().max(254);

/** What is wrong with a filled form, field by field; an empty list: nothing. A field that is left blank counts as not filled. */
export function checkForm(form: Form, filled: { fields: Record<string, string>; consent: boolean }): FormProblem[] {
  const known = new Set(form.fields.map(({ key }) => key));
  const unknown = Object.keys(filled.fields).filter((key) => !known.has(key));
  const problems = [
    ...unknown.map((key) => ({ key, problem: 'the form has no such field' })),
    ...form.fields.map((field) => ({ key: field.key, problem: problemOf(field, valueOf(filled.fields, field.key)) })),
  ];
  const wrong = problems.flatMap(({ key, problem }) =>
    problem === null ? [] : [{ in: 'body' as const, field: `fields.${key}`, problem }],
  );
  return form.consent !== '' && !filled.consent
    ? [...wrong, { in: 'body', field: 'consent', problem: 'must be agreed to' }]
    : wrong;
}

/** The filled fields in the order of the form, without the blank ones. */
export function filledFields(form: Form, fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(form.fields.map(({ key }) => [key, valueOf(fields, key)]).filter(([, value]) => value !== ''));
}

function problemOf({ type, required, options }: FormField, value: string): string | null {
  if (value === '') return required ? 'must be filled' : null;
  if (type === 'email') return Email.safeParse(value).success ? null : 'expected an e-mail address';
  if (type === 'select') return options.includes(value) ? null : 'expected one of the options';
  return null;
}

function valueOf(fields: Record<string, string>, key: string): string {
  return Object.hasOwn(fields, key) ? fields[key]!.trim() : '';
}
