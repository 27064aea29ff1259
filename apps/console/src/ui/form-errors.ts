import { z } from 'zod';
import { ApiError } from '../api/api-error';

/** `details` of `invalid_request`. */
const FieldProblems = z.object({ fields: z.array(z.object({ field: z.string(), problem: z.string() })) });

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
  for (const { field, problem } of problems.data.fields) {
    if (field.split('.')[0]! in form.values) form.setFieldError(field, problem);
    else left = problem;
  }
  return left;
}
