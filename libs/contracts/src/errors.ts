import { z } from 'zod';

/**
 * Every way in which the product refuses, once: the code that programs read, the HTTP status and the words a person reads.
 * The words say what to do next; `details` carries the numbers.
 */
export const errorCodes = {
  invalid_request: { status: 400, message: 'The request does not have the expected form. See "details" for each field.' },
  unauthenticated: { status: 401, message: 'Sign in, or send a valid API key or visitor token.' },
  invalid_credentials: { status: 401, message: 'E-mail address or password is wrong.' },
  session_expired: { status: 401, message: 'Your session has ended. Sign in again.' },
  token_expired: { status: 401, message: 'The visitor token has expired. Request a new one.' },
  forbidden: { status: 403, message: 'Your role or key does not allow this.' },
  origin_not_allowed: { status: 403, message: 'This website may not use this bot. Its owner can add the website under Widget, Allowed domains.' },
  not_found: { status: 404, message: 'There is nothing here under this address, or it is not yours.' },
  method_not_allowed: { status: 405, message: 'This address does not take that method.' },
  conflict: { status: 409, message: 'This contradicts the present state. Reload and try again.' },
  email_taken: { status: 409, message: 'There is already an account with this e-mail address. Sign in instead.' },
  turn_running: { status: 409, message: 'The bot is still answering. Wait for the answer, or stop it.' },
  not_the_writer: { status: 409, message: 'Somebody else writes to this visitor by now. Take the conversation over to write yourself.' },
  no_people: { status: 409, message: 'Nobody can take over at the moment. Leave a message instead.' },
  too_large: { status: 413, message: 'This is larger than allowed.' },
  unsupported_media_type: { status: 415, message: 'This kind of content is not supported here.' },
  unsupported_file: { status: 422, message: 'This kind of file cannot be read yet. PDF, Word (.docx), HTML, Markdown, text and CSV can.' },
  file_encrypted: { status: 422, message: 'The file is protected with a password. Save it without the password and upload it again.' },
  file_broken: { status: 422, message: 'The file is damaged or incomplete. Open it in its own program, save it again and upload that.' },
  file_empty: { status: 422, message: 'There is no text in this file.' },
  file_too_complex: { status: 422, message: 'Reading this file takes more memory or time than allowed. Split it into smaller files.' },
  address_not_allowed: { status: 422, message: 'This address is not on the public internet, so it is not fetched.' },
  page_unreachable: { status: 422, message: 'The page could not be fetched. Check that it opens in a browser without signing in.' },
  limit_reached: { status: 402, message: 'The limit of your plan is reached.' },
  rate_limited: { status: 429, message: 'Too many requests. Wait a moment and try again.' },
  model_failed: { status: 502, message: 'The language model did not answer. Try again; if it stays, check the model settings.' },
  cancelled: { status: 409, message: 'This was stopped.' },
  internal: { status: 500, message: 'Something went wrong on our side. It has been logged; try again.' },
  unavailable: { status: 503, message: 'The service is starting or shutting down. Try again in a moment.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorCodes;

export const ErrorCodeSchema = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/** The one shape of every error answer, whatever the route. */
export const ErrorBody = z.object({
  error: z.object({
    code: ErrorCodeSchema,
    message: z.string(),
    details: z.unknown().optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
