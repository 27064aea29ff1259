import { z } from 'zod';
import { ApiError } from '../api/api-error';

const FieldProblems = z.array(
  z.object({ path: z.union([z.string(), z.array(z.union([z.string(), z.number()]))]), message: z.string() }),
);

interface Form {
  setFieldError: (field: string, message: string) => void;
  values: object;
}

/**
 * Puts the server's refusals beside the fields that they are about.
 * Returns what could not be placed, to be shown above the form; undefined when everything was.
 */
export function placeErrors(form: Form, error: Error): string | undefined {
  if (!(error instanceof ApiError) || error.code !== 'invalid_request') return error.message;
  const problems = FieldProblems.safeParse(error.details);
  if (!problems.success) return error.message;
  let left: string | undefined;
  for (const { path, message } of problems.data) {
    const field = (typeof path === 'string' ? path : path.join('.')).replace(/^body\./, '');
    if (field.split('.')[0]! in form.values) form.setFieldError(field, message);
    else left = message;
  }
  return left;
}
