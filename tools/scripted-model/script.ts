export type Finish = 'stop' | 'length' | 'filtered';

/** What the scripted model does with one request. */
export type Script =
  /** Reads the numbered passages of the prompt and answers with sentences of them, each with its `[n]`. The default. */
  | { kind: 'helpful'; delayMs?: number }
  /** Sends exactly these pieces. */
  | { kind: 'pieces'; pieces: string[]; delayMs?: number; firstDelayMs?: number; finish?: Finish }
  /** One character at a time. */
  | { kind: 'drip'; text: string; delayMs: number }
  /** Sends the pieces, then nothing, forever. `beforeHeaders`: not even the status line. */
  | { kind: 'stall'; pieces?: string[]; beforeHeaders?: boolean }
  /** Sends the pieces, then destroys the socket. */
  | { kind: 'cut'; pieces: string[] }
  /** Sends the pieces and ends the body properly, but without the protocol's finish marker. */
  | { kind: 'unfinished'; pieces: string[] }
  /** Sends the pieces, then an error inside the stream. */
  | { kind: 'error_in_stream'; pieces: string[]; message?: string }
  | { kind: 'status'; status: number; message?: string; retryAfterSeconds?: number }
  /** Says 200 and sends what is no protocol at all. */
  | { kind: 'garbage' }
  | { kind: 'web_page' }
  /** `unknown_passage` cites numbers that do not exist, `wrong_passage` the neighbour's, `no_citation` none. */
  | { kind: 'lie'; lie: 'unknown_passage' | 'wrong_passage' | 'no_citation' }
  /** A malicious model: does whatever any text in its context tells it, and repeats its whole context. */
  | { kind: 'obedient' }
  /** Says that the passages do not answer, in the way in which the prompt asks for. */
  | { kind: 'no_answer' };

/** One request as it came in. */
export interface RecordedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  /** Whether the caller went away before the answer was whole. */
  aborted: boolean;
}
